// SPDX-License-Identifier: MIT
#include "app/screenshot.h"

#include "ui/mainwindow/mainwindow.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QTimer>

#include <cstdio>

namespace app {

namespace {

void complain(const QString &sentence)
{
    std::fputs(QLatin1String("postdesk: %1\n").arg(sentence).toLocal8Bit().constData(), stderr);
}

} // namespace

Screenshot::Screenshot(ui::MainWindow &window, const QString &file, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_file(file)
{
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &Screenshot::look);
    timer->start(interval);
}

void Screenshot::look()
{
    m_waited += interval;
    m_calm = m_window.isSettled() ? m_calm + 1 : 0;
    // Twice: the second look is after the paint that the first one's rows asked for.
    if (m_calm >= 2 || m_waited >= patience)
        take();
}

void Screenshot::take()
{
    const bool wasCalm = m_calm >= 2;
    QImage image(m_window.size() * m_window.devicePixelRatioF(), QImage::Format_RGB32);
    image.setDevicePixelRatio(m_window.devicePixelRatioF());
    m_window.render(&image);
    if (!image.save(m_file)) {
        complain(tr("'%1' can't be written. Choose another folder, and a name that ends in .png.")
                     .arg(m_file));
        QCoreApplication::exit(1);
        return;
    }
    if (!wasCalm)
        complain(tr("the picture was taken before everything was there"));
    QCoreApplication::exit(wasCalm ? 0 : 1);
}

} // namespace app
