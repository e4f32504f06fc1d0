// SPDX-License-Identifier: MIT
#include "core/error.h"
#include "core/session/changeset.h"
#include "ui/common/errortext.h"
#include "ui/common/problemtext.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

orm::Table posts()
{
    orm::Table table;
    table.name = u"posts"_s;
    table.singular = u"post"_s;
    table.plural = u"posts"_s;
    orm::Column title;
    title.name = u"title"_s;
    title.label = u"T&itle"_s;
    title.type = orm::String{255};
    table.columns = {title};
    return table;
}

} // namespace

class TestErrorText final : public QObject
{
    Q_OBJECT

private slots:
    void everyReasonHasASentenceOfItsOwn()
    {
        using Reason = orm::OperationalError::Reason;
        QSet<QString> seen;
        for (const auto reason :
             {Reason::Busy, Reason::Interrupted, Reason::DiskFull, Reason::ReadOnly,
              Reason::CannotOpen, Reason::NotADatabase, Reason::Corrupt, Reason::InputOutput,
              Reason::ConnectionLost, Reason::Other}) {
            orm::OperationalError error(reason, u"SQLITE_SOMETHING"_s);
            error.setStatement(u"UPDATE posts SET title = ?"_s, 1);
            const QString text = ui::errorText(error, u"blog.db"_s);
            QVERIFY2(text.endsWith(u'.'), qPrintable(text));
            QVERIFY2(!text.contains(u"UPDATE"_s), qPrintable(text));
            QVERIFY2(!seen.contains(text), qPrintable(text));
            seen << text;
        }
    }

    void cancellingIsNoMishap()
    {
        QCOMPARE(ui::errorText(orm::CancelledError(), u"blog.db"_s),
                 u"Cancelled. Nothing was written."_s);
    }

    void aRowsProblemNamesTheRowAndTheWayOn()
    {
        orm::RowProblem problem;
        problem.kind = orm::RowProblem::Kind::Invalid;
        problem.columns = {0};
        problem.invalid = orm::ValueProblem{orm::ValueProblem::Kind::TooLong, 260, 255};
        const QString text = ui::problemText(problem, posts(), u"“Long”"_s);
        QVERIFY(text.startsWith(u"“Long” can't be saved yet."_s));
        QVERIFY2(text.contains(u"260"_s) && text.contains(u"255"_s), qPrintable(text));

        problem = {};
        problem.kind = orm::RowProblem::Kind::Constraint;
        problem.constraint = orm::IntegrityError::Constraint::Unique;
        problem.columns = {0};
        QCOMPARE(ui::problemText(problem, posts(), u"“Twice”"_s),
                 u"“Twice” can't be saved: another post has the same Title."_s);

        problem = {};
        problem.kind = orm::RowProblem::Kind::DeletedOutside;
        QVERIFY(ui::problemText(problem, posts(), u"“Gone”"_s).contains(u"deleted"_s));
    }
};

QTEST_GUILESS_MAIN(TestErrorText)
#include "tst_errortext.moc"
