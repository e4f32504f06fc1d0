// SPDX-License-Identifier: MIT
#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace {

void install(const QLocale &locale, const QString &name, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(locale, name, u"_"_s, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

/// In every program that links Postdesk::Ui, tests among them, as soon as it has an application object:
/// the texts of --help are as much the program's as those of its window.
void installTranslators()
{
    const QString ours = u":/translations"_s;
    // Below all others: its only texts are singulars and plurals, "1 change" and "2 changes".
    install(QLocale(QLocale::English), u"postdesk"_s, ours);

    // The system's, not the default one: it alone knows the list of languages that a user asks for.
    const QLocale wanted = QLocale::system();
    // Qt's own texts (file dialog, context menus) come from its packages, if they are there.
    install(wanted, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(wanted, u"postdesk"_s, ours);
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(installTranslators)
