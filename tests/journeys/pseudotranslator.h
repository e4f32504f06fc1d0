// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QTranslator>

/// Every text of ours 40 % longer, and between brackets that no text has of itself.
class PseudoTranslator final : public QTranslator
{
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }

    QString translate(const char *context, const char *source, const char *, int) const override
    {
        const QString place = QString::fromUtf8(context);
        const QString text = QString::fromUtf8(source);
        // Patterns of dates and the filters of a file chooser are no prose.
        if (!(place.startsWith(QLatin1String("ui::")) || place.startsWith(QLatin1String("app::")))
            || isPattern(text))
            return {};
        // In words, as a line can't be broken anywhere else.
        QString more((text.size() * 2 + 4) / 5, u'ö');
        for (qsizetype i = longestWord; i < more.size(); i += longestWord)
            more[i] = u' ';
        return u'⟦' + text + more + u'⟧';
    }

private:
    static constexpr qsizetype longestWord = 10;

    static bool isPattern(const QString &text)
    {
        return text.startsWith(QLatin1String("d MMM")) || text.contains(QLatin1String("(*"));
    }
};

/// While it lives, texts come from @p translator.
class Speaking
{
public:
    explicit Speaking(QTranslator &translator)
        : m_translator(translator)
    {
        QCoreApplication::installTranslator(&translator);
    }
    ~Speaking() { QCoreApplication::removeTranslator(&m_translator); }
    Q_DISABLE_COPY_MOVE(Speaking)

private:
    QTranslator &m_translator;
};
