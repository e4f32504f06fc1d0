// SPDX-License-Identifier: MIT
#include "tests/journeys/steps.h"

#include <QHash>
#include <QJsonArray>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace steps {

namespace {

Step press(const QString &keys, const QList<Sight> &sights = {}, const QList<Stored> &stored = {})
{
    return {Step::Kind::Press, keys, sights, stored};
}

Step type(const QString &text, const QList<Sight> &sights = {})
{
    return {Step::Kind::Type, text, sights};
}

Step copy(const QString &html)
{
    return {Step::Kind::Copy, html, {}};
}

/// What the journey says "also" of: the same by another key, and back.
Step also(const QString &keys, const QList<Sight> &sights)
{
    Step step = press(keys, sights);
    step.isCounted = false;
    return step;
}

Step startAgain(const QList<Sight> &sights, const QList<const char *> &same)
{
    Step step{Step::Kind::StartAgain, {}, sights};
    step.same = same;
    return step;
}

QString shownAt(const QJsonObject &state, const char *place)
{
    QJsonValue value = state;
    for (const QString &part : QString::fromLatin1(place).split(u'.')) {
        bool isNumber = false;
        const int index = part.toInt(&isNumber);
        value = isNumber ? value.toArray().at(index) : value.toObject().value(part);
    }
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

} // namespace

const QList<Journey> &all()
{
    static const QString minus = u"−"_s;
    static const QList<Journey> journeys{
        {"J1",
         "first run, to a blog to try",
         true,
         {also(u"Down"_s, {{"focus", u"openDatabaseButton"_s}}),
          also(u"Down"_s, {{"focus", u"newDatabaseButton"_s}}),
          also(u"Up, Up"_s, {{"focus", u"openSampleButton"_s}}),
          also(u"Tab"_s, {{"focus", u"openDatabaseButton"_s}}),
          also(u"Tab"_s, {{"focus", u"newDatabaseButton"_s}}),
          also(u"Shift+Tab, Shift+Tab"_s, {{"focus", u"openSampleButton"_s}}),
          press(u"Return"_s,
                {{"title", u"Sample blog — Postdesk"_s},
                 {"counts", u"12 posts"_s},
                 {"focus", u"postsView"_s},
                 {"current.id", u"12"_s},
                 {"rows.0.id", u"12"_s},
                 {"toast",
                  u"This one is yours to play with. Ctrl+Shift+P finds every command, F1 explains "
                  "where you are."_s}})}},
        {"J2",
         "write a post",
         false,
         {press(u"Ctrl+N"_s,
                {{"rows.0.mark", u"+"_s},
                 {"rows.0.id", u"new"_s},
                 {"rows.0.title", QString()},
                 {"focus", u"titleEdit"_s},
                 {"pending", u"1 change"_s}}),
          type(u"Keyboard first"_s, {{"rows.0.title", u"Keyboard first"_s}}),
          press(u"Tab"_s, {{"focus", u"bodyEdit"_s}}),
          type(u"Hello *world*"_s, {{"caret", u"13"_s}, {"words", u"2 words…"_s}}),
          press(u"Ctrl+S"_s,
                {{"rows.0.mark", QString()},
                 {"rows.0.id", u"501"_s},
                 {"counts", u"501 posts"_s},
                 {"pending", u"Saved"_s},
                 {"focus", u"bodyEdit"_s},
                 {"caret", u"13"_s}},
                {{"SELECT title || '|' || content FROM posts WHERE id = 501",
                  u"Keyboard first|Hello *world*"_s},
                 {"SELECT abs(strftime('%s', 'now') - strftime('%s', created_at)) < 1800 "
                  "FROM posts WHERE id = 501",
                  u"1"_s}})}},
        {"J3",
         "find a post, fix it, go back",
         false,
         {press(u"Ctrl+F"_s, {{"focus", u"searchEdit"_s}}),
          type(u"49"_s, {{"counts", u"15 of 500 posts"_s}, {"rows.0.id", u"499"_s}}),
          press(u"Return"_s, {{"focus", u"postsView"_s}, {"current.id", u"499"_s}}),
          press(u"Return"_s, {{"focus", u"bodyEdit"_s}}), press(u"Ctrl+End"_s),
          type(u" Fixed."_s, {{"rows.0.mark", u"~"_s}, {"pending", u"1 change"_s}}),
          press(u"Ctrl+Return"_s,
                {{"focus", u"postsView"_s},
                 {"current.id", u"499"_s},
                 {"current.mark", QString()},
                 {"pending", u"Saved"_s},
                 {"counts", u"15 of 500 posts"_s}},
                {{"SELECT content LIKE '%of post 499. Fixed.' FROM posts WHERE id = 499", u"1"_s}}),
          press(u"Esc"_s,
                {{"search", QString()},
                 {"counts", u"500 posts"_s},
                 {"current.id", u"499"_s},
                 {"current.seen", u"yes"_s}})}},
        {"J4",
         "retitle two posts in a row",
         false,
         {press(u"F2"_s, {{"cellEditor", u"open"_s}, {"selected", u"Post number 500"_s}}),
          type(u"Five hundred"_s),
          press(u"Down"_s,
                {{"rows.0.mark", u"~"_s},
                 {"current.id", u"499"_s},
                 {"cellEditor", u"open"_s},
                 {"selected", u"Post number 499"_s}}),
          type(u"Four ninety-nine"_s),
          press(u"Tab, Esc"_s,
                {{"rows.1.title", u"Four ninety-nine"_s},
                 {"cellEditor", QString()},
                 {"focus", u"postsView"_s},
                 {"pending", u"2 changes"_s}}),
          press(u"Ctrl+S"_s, {{"pending", u"Saved"_s}},
                {{"SELECT count(*) FROM posts WHERE (id = 500 AND title = 'Five hundred') OR "
                  "(id = 499 AND title = 'Four ninety-nine')",
                  u"2"_s},
                 {"SELECT count(*) FROM posts WHERE title = 'Post number ' || id", u"498"_s}})}},
        {"J5",
         "delete three, change one's mind twice",
         false,
         {press(u"Shift+Down, Shift+Down"_s, {{"selection", u"3 selected"_s}}),
          press(u"Del"_s,
                {{"rows.0.mark", minus},
                 {"rows.1.mark", minus},
                 {"rows.2.mark", minus},
                 {"toast", u"3 posts marked for deletion"_s},
                 {"pending", u"3 changes"_s}}),
          press(u"Ctrl+Z"_s,
                {{"rows.0.mark", QString()},
                 {"pending", u"Saved"_s},
                 {"selection", u"3 selected"_s}}),
          press(u"Ctrl+Shift+Z"_s, {{"rows.0.mark", minus}, {"pending", u"3 changes"_s}}),
          also(u"Ctrl+Z"_s, {{"rows.0.mark", QString()}, {"pending", u"Saved"_s}}),
          also(u"Ctrl+Y"_s, {{"rows.0.mark", minus}, {"pending", u"3 changes"_s}}),
          press(u"Ctrl+S"_s, {{"counts", u"497 posts"_s}, {"current.id", u"497"_s}},
                {{"SELECT count(*) FROM posts", u"497"_s}})}},
        {"J6",
         "write a post like another one",
         false,
         {press(u"Ctrl+D"_s,
                {{"rows.0.mark", u"+"_s},
                 {"rows.0.title", u"Post number 500 (copy)"_s},
                 {"rows.1.id", u"500"_s},
                 {"focus", u"titleEdit"_s},
                 {"selected", u"Post number 500 (copy)"_s}}),
          type(u"January report"_s, {{"rows.0.title", u"January report"_s}}),
          press(u"Ctrl+S"_s, {{"rows.0.id", u"501"_s}, {"pending", u"Saved"_s}},
                {{"SELECT a.content = b.content AND a.title = 'Post number 500' AND "
                  "b.title = 'January report' FROM posts a, posts b "
                  "WHERE a.id = 500 AND b.id = 501",
                  u"1"_s}})}},
        {"J7",
         "change three titles together",
         false,
         {press(u"Shift+Down, Shift+Down, Ctrl+E"_s,
                {{"panel", u"batchPanel"_s},
                 {"focus", u"batch_title"_s},
                 {"placeholder", u"3 different values…"_s}}),
          type(u"{title} (old)"_s,
               {{"list.0", u"#500 Title: Post number 500 → Post number 500 (old)"_s},
                {"list.1", u"#499 Title: Post number 499 → Post number 499 (old)"_s},
                {"list.2", u"#498 Title: Post number 498 → Post number 498 (old)"_s}}),
          press(u"Ctrl+Return"_s,
                {{"rows.0.mark", u"~"_s},
                 {"rows.2.title", u"Post number 498 (old)"_s},
                 {"pending", u"3 changes"_s},
                 {"focus", u"postsView"_s}}),
          press(u"Ctrl+Z"_s, {{"pending", u"Saved"_s}}),
          press(u"Ctrl+Shift+Z"_s, {{"pending", u"3 changes"_s}}),
          press(u"Ctrl+S"_s, {{"pending", u"Saved"_s}},
                {{"SELECT count(*) FROM posts WHERE title LIKE '% (old)'", u"3"_s}})}},
        {"J8",
         "replace a word in the posts found, but one",
         false,
         {press(u"Ctrl+F"_s, {{"focus", u"searchEdit"_s}}),
          type(u"49"_s, {{"counts", u"15 of 500 posts"_s}}),
          press(u"Return"_s, {{"focus", u"postsView"_s}}),
          press(u"Ctrl+Shift+H"_s, {{"panel", u"replacePanel"_s}, {"scope", u"15 posts shown"_s}}),
          type(u"paragraph"_s), press(u"Tab"_s), type(u"section"_s),
          press(u"Return"_s,
                {{"panelText", u"15 hits in 15 posts"_s},
                 {"focus", u"replaceList"_s},
                 {"list.0", u"#499 · Body: Second paragraph of…"_s},
                 {"list.14", u"#49 · Body: Second paragraph of…"_s},
                 {"listTicked", u"15"_s},
                 {"listCurrent", u"0"_s}}),
          press(u"Space"_s, {{"panelText", u"14 hits…"_s}, {"listTicked", u"14"_s}}),
          press(u"Ctrl+Return"_s,
                {{"pending", u"14 changes"_s},
                 {"rows.0.mark", QString()},
                 {"rows.1.mark", u"~"_s},
                 {"rows.14.mark", u"~"_s}}),
          press(u"Ctrl+Z"_s, {{"pending", u"Saved"_s}}),
          press(u"Ctrl+Shift+Z"_s, {{"pending", u"14 changes"_s}}),
          press(u"Ctrl+S"_s, {{"pending", u"Saved"_s}},
                {{"SELECT count(*) FROM posts WHERE content LIKE '%section%'", u"14"_s},
                 {"SELECT content LIKE '%paragraph%' FROM posts WHERE id = 499", u"1"_s}})}},
        {"J13",
         "find a command, and its key",
         false,
         {press(u"Ctrl+Shift+P"_s, {{"focus", u"paletteInput"_s}}),
          type(u"sort title"_s, {{"list.0", u"Sort by title…"_s}}),
          press(u"Return"_s,
                {{"focus", u"postsView"_s},
                 {"first.title", u"Post number 1"_s},
                 {"headings", u" | Id | Title ▲1…"_s},
                 {"current.id", u"500"_s},
                 {"current.seen", u"yes"_s}}),
          press(u"Ctrl+Shift+P"_s, {{"focus", u"paletteInput"_s}, {"list.0", u"Sort by title…"_s}}),
          press(u"Esc"_s, {{"focus", u"postsView"_s}}),
          press(u"Ctrl+Shift+K"_s, {{"focus", u"keysInput"_s}}),
          type(u"dupl"_s, {{"list.0", u"Duplicate  Ctrl+D"_s}})}},
        {"J14",
         "write with a preview, walk on",
         false,
         {press(u"F9, Ctrl+3"_s, {{"focus", u"bodyEdit"_s}, {"preview", u"Hello 500…"_s}}),
          press(u"Ctrl+Home, Ctrl+Shift+Right, Ctrl+B"_s,
                {{"body", u"**Hello** 500…"_s}, {"previewBold", u"Hello"_s}}),
          press(u"Alt+PgDown"_s,
                {{"current.id", u"499"_s}, {"focus", u"bodyEdit"_s}, {"rows.0.mark", u"~"_s}}),
          press(u"Alt+PgUp, Ctrl+Z"_s, {{"current.id", u"500"_s}, {"body", u"Hello 500…"_s}})}},
        {"W1",
         "see how it will be read",
         false,
         {press(u"Return, Ctrl+A"_s, {{"focus", u"bodyEdit"_s}}),
          type(u"<script>x</script> ![a](http://b/c.png)"_s),
          press(u"F9"_s, {{"preview", u"<script>x</script> [Picture: a]"_s}}),
          press(u"Ctrl+4"_s, {{"focus", u"previewView"_s}}),
          press(u"Ctrl+3, F9"_s, {{"focus", u"bodyEdit"_s}, {"preview", QString()}})}},
        {"W2",
         "bold, italic, a link, a heading, code",
         false,
         {press(u"Return, Ctrl+A"_s, {{"focus", u"bodyEdit"_s}}), type(u"word"_s),
          press(u"Ctrl+B"_s, {{"body", u"**word**"_s}}), press(u"Ctrl+B"_s, {{"body", u"word"_s}}),
          press(u"Ctrl+I"_s, {{"body", u"*word*"_s}}), press(u"Ctrl+I"_s, {{"body", u"word"_s}}),
          press(u"Ctrl+Shift+M"_s, {{"body", u"`word`"_s}}),
          press(u"Ctrl+Shift+M, Ctrl+T"_s, {{"body", u"# word"_s}}),
          press(u"Ctrl+K"_s, {{"body", u"# [word]()"_s}}), type(u"ab"_s),
          press(u"Ctrl+Z, Ctrl+Z"_s, {{"body", u"# word"_s}})}},
        {"W3",
         "a list that goes on by itself",
         false,
         {press(u"Return, Ctrl+A"_s, {{"focus", u"bodyEdit"_s}}), type(u"1. one"_s),
          press(u"Return"_s), type(u"two"_s),
          press(u"Return"_s, {{"body", u"1. one\n2. two\n3. "_s}}),
          press(u"Return"_s, {{"body", u"1. one\n2. two\n"_s}}), type(u"- [ ] task"_s),
          press(u"Return"_s, {{"body", u"1. one\n2. two\n- [ ] task\n- [ ] "_s}}),
          press(u"Ctrl+M"_s, {{"tab", u"Tab: indents"_s}}),
          press(u"Tab"_s, {{"body", u"1. one\n2. two\n- [ ] task\n  - [ ] "_s}}),
          press(u"Ctrl+M"_s, {{"tab", u"Tab: moves on"_s}}),
          press(u"Shift+Tab"_s, {{"focus", u"titleEdit"_s}})}},
        {"W4",
         "how much it is",
         false,
         {press(u"Return, Ctrl+A"_s, {{"focus", u"bodyEdit"_s}}),
          type(u"Seven words are here to be counted"_s, {{"words", u"7 words, 1 min"_s}}),
          press(u"Ctrl+Home, Ctrl+Shift+Right, Ctrl+Shift+Right"_s,
                {{"words", u"2 of 7 words, 1 min"_s}})}},
        {"W5",
         "a word that is misspelt",
         false,
         {press(u"Return, Ctrl+A"_s, {{"focus", u"bodyEdit"_s}}), type(u"A bookk `wrod`. "_s),
          press(u"F7"_s, {{"popup", u"spellingMenu"_s}}),
          press(u"1"_s, {{"popup", QString()}, {"body", u"A book `wrod`. "_s}}),
          press(u"F7"_s, {{"toast", u"No misspelling found."_s}}),
          press(u"Ctrl+Z"_s, {{"body", u"A bookk `wrod`. "_s}})}},
        {"W6",
         "paste a page as Markdown, or plain",
         false,
         {press(u"Return, Ctrl+A"_s, {{"focus", u"bodyEdit"_s}}),
          copy(u"<h2>News</h2><p>Some <b>bold</b> words</p><ul><li>one</li><li>two</li></ul>"_s),
          press(u"Ctrl+V"_s, {{"body", u"## News\n\nSome **bold** words\n\n- one\n- two"_s}}),
          press(u"Ctrl+Z"_s, {{"body", u"Hello 500…"_s}}),
          press(u"Ctrl+A, Ctrl+Shift+V"_s, {{"body", u"News\nSome bold words\none\ntwo"_s}})}},
        {"W7",
         "write with nothing else in sight",
         false,
         {press(u"Return, Shift+F11"_s, {{"focus", u"bodyEdit"_s}, {"alone", u"bodyEdit"_s}}),
          press(u"Ctrl+End"_s), type(u" More."_s),
          press(u"Esc"_s, {{"alone", QString()}, {"focus", u"bodyEdit"_s}}),
          press(u"Ctrl+S"_s, {{"pending", u"Saved"_s}},
                {{"SELECT content LIKE '% More.' FROM posts WHERE id = 500", u"1"_s}})}},
        {"J15",
         "come back to where one was",
         false,
         {press(u"Ctrl+F"_s, {{"focus", u"searchEdit"_s}}),
          type(u"49"_s, {{"counts", u"15 of 500 posts"_s}}),
          press(u"Return"_s, {{"focus", u"postsView"_s}}),
          press(u"Down, Down"_s, {{"current.id", u"497"_s}}), press(u"Ctrl+Q"_s),
          startAgain({{"search", u"49"_s},
                      {"counts", u"15 of 500 posts"_s},
                      {"current.id", u"497"_s},
                      {"current.seen", u"yes"_s}},
                     {"title", "size", "widths", "headings"})}},
    };
    return journeys;
}

int strokes(const Journey &journey)
{
    int count = 0;
    for (const Step &step : journey.steps) {
        if (!step.isCounted)
            continue;
        if (step.kind == Step::Kind::Press)
            count += int(step.keys.split(u", "_s).size());
        else if (step.kind == Step::Kind::Type)
            count += int(step.keys.size());
    }
    return count;
}

QString missing(const QJsonObject &state, const QList<Sight> &sights)
{
    for (const Sight &sight : sights) {
        const QString shown = shownAt(state, sight.place);
        const bool isSeen = sight.text.endsWith(u'…') ? shown.startsWith(sight.text.chopped(1))
                                                      : shown == sight.text;
        if (!isSeen)
            return u"%1 is \"%2\", not \"%3\""_s.arg(QLatin1StringView(sight.place), shown,
                                                     sight.text);
    }
    return {};
}

QString changed(const QJsonObject &before, const QJsonObject &state,
                const QList<const char *> &places)
{
    for (const char *place : places) {
        if (shownAt(before, place).isEmpty() || shownAt(before, place) != shownAt(state, place))
            return u"%1 was \"%2\" and is \"%3\""_s.arg(
                QLatin1StringView(place), shownAt(before, place), shownAt(state, place));
    }
    return {};
}

QString toXdotool(const QString &key)
{
    static const QHash<QString, QString> names{{u"Ctrl"_s, u"ctrl"_s},   {u"Shift"_s, u"shift"_s},
                                               {u"Alt"_s, u"alt"_s},     {u"Esc"_s, u"Escape"_s},
                                               {u"Del"_s, u"Delete"_s},  {u"Space"_s, u"space"_s},
                                               {u"PgDown"_s, u"Next"_s}, {u"PgUp"_s, u"Prior"_s}};
    QStringList parts;
    for (const QString &part : key.split(u'+'))
        parts << (part.size() == 1 ? part.toLower() : names.value(part, part));
    return parts.join(u'+');
}

} // namespace steps
