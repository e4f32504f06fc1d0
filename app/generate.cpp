// SPDX-License-Identifier: MIT
//
// Part of the build, not installed: makes the files that come from the program's own tables and drawings.
#include "app/manual.h"
#include "app/optiontable.h"
#include "app/readmemanual.h"

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>
#include <cstdlib>

namespace {

bool write(const QString &text)
{
    return std::fputs(text.toUtf8().constData(), stdout) >= 0 && std::fflush(stdout) == 0;
}

/// @param size of the picture's sides, in pixels
bool paintIcon(const QString &drawing, int size, const QString &file)
{
    QSvgRenderer renderer(drawing);
    if (!renderer.isValid() || size < 1)
        return false;
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    painter.end();
    return image.save(file, "png");
}

} // namespace

int main(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const QString what = arguments.value(0);
    bool isDone = false;
    if (what == QLatin1String("man") && argc == 2) {
        isDone = write(app::manualPage());
    } else if (what == QLatin1String("completion") && argc == 2) {
        isDone = write(app::completionScript());
    } else if (what == QLatin1String("readme") && argc == 3) {
        QFile readme(arguments.at(1));
        isDone = readme.open(QIODevice::ReadOnly)
            && write(app::withManual(QString::fromUtf8(readme.readAll())));
    } else if (what == QLatin1String("icon") && argc == 5) {
        isDone = paintIcon(arguments.at(1), arguments.at(2).toInt(), arguments.at(3));
    } else {
        std::fputs("usage: postdesk_generate man|completion >FILE\n"
                   "       postdesk_generate readme README >FILE\n"
                   "       postdesk_generate icon DRAWING SIZE FILE\n",
                   stderr);
        return 2;
    }
    return isDone ? EXIT_SUCCESS : EXIT_FAILURE;
}
