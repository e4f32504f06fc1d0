# SPDX-License-Identifier: MIT
#
# Run by cpack over what it is about to pack.

# Folders get the umask of whoever packs, whatever CMake's variables for them say.
execute_process(COMMAND find "${CPACK_TEMPORARY_INSTALL_DIRECTORY}" -type d -exec chmod 755 {} +
                COMMAND_ERROR_IS_FATAL ANY)

if(NOT CPACK_TEMPORARY_DIRECTORY MATCHES "/(DEB|RPM)/")
    return() # the archives come as resources/packaging/bundle has made them
endif()

# CPACK_STRIP_FILES strips programs, not archives, and leaves sections that tell of the compiler.
file(GLOB_RECURSE files "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*")
set(programs "${files}")
list(FILTER programs INCLUDE REGEX "/bin/[^/.]+$")
set(archives "${files}")
list(FILTER archives INCLUDE REGEX "\\.a$")
foreach(file IN LISTS programs)
    execute_process(COMMAND strip --remove-section=.comment --remove-section=.note "${file}"
                    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
foreach(file IN LISTS archives)
    execute_process(COMMAND strip --strip-debug --remove-section=.comment --remove-section=.note
                            --enable-deterministic-archives "${file}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()

# What is for Debian's own checker.
if(NOT CPACK_TEMPORARY_DIRECTORY MATCHES "/DEB/")
    foreach(override IN LISTS files)
        if(override MATCHES "^(.*/share/lintian)/overrides/")
            file(REMOVE_RECURSE "${CMAKE_MATCH_1}")
        endif()
    endforeach()
endif()
