# SPDX-License-Identifier: MIT

# postdesk_add_test(core/tst_session [LIBRARIES lib…] [SOURCES file…] [TIMEOUT seconds] [LABELS label…])
#
# One program of tests/core/tst_session.cpp, run by ctest as core/tst_session: offscreen, in UTC, with a HOME
# of its own (see support/run, which is also how to run one by hand).
function(postdesk_add_test name)
    postdesk_add_test_program(${name} ${ARGN})
    add_test(NAME ${name} COMMAND "${PROJECT_SOURCE_DIR}/tests/support/run" $<TARGET_FILE:${target}>)
    set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout} LABELS "${labels}")
endfunction()

# postdesk_add_x_test(journeys/tst_dragdrop …)
#
# The same for a test that needs a real window: it runs on a display of its own, with a window manager.
function(postdesk_add_x_test name)
    postdesk_add_test_program(${name} ${ARGN})
    add_test(NAME ${name} COMMAND "${PROJECT_SOURCE_DIR}/tests/support/in-x" $<TARGET_FILE:${target}>)
    set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout} LABELS "x11;${labels}")
endfunction()

# The part that both share. Leaves target, timeout and labels to its caller.
macro(postdesk_add_test_program name)
    cmake_parse_arguments(arg "" "TIMEOUT" "LIBRARIES;SOURCES;LABELS" ${ARGN})
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "test ${name}: what is ${arg_UNPARSED_ARGUMENTS}?")
    endif()
    cmake_path(GET name FILENAME target)
    cmake_path(GET name PARENT_PATH folder)
    set(labels ${folder} ${arg_LABELS})
    set(timeout 400) # generous: sanitizers, and other jobs on the same machine
    if(arg_TIMEOUT)
        set(timeout ${arg_TIMEOUT})
    endif()

    add_executable(${target} ${name}.cpp ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE postdesk_options ${arg_LIBRARIES} Qt6::Test)
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/${folder}")
    target_compile_definitions(
        ${target}
        PRIVATE
            # Where tests/data, the README and the sources are, for tests that read them.
            POSTDESK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    # For tests that start the program as a user does. The others need not wait until all of it is built.
    if(TARGET postdesk AND folder MATCHES "^(app|journeys/x11)$")
        target_compile_definitions(${target} PRIVATE POSTDESK_PROGRAM="$<TARGET_FILE:postdesk>")
        add_dependencies(${target} postdesk)
    endif()
endmacro()

# postdesk_add_benchmark(benchmarks/bench_scroll [LIBRARIES lib…] [SOURCES file…])
#
# Built with the rest, so that it goes on compiling, but run by hand, in a release build: it prints and asserts nothing.
function(postdesk_add_benchmark name)
    postdesk_add_test_program(${name} ${ARGN})
endfunction()
