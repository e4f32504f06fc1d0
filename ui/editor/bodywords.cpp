// SPDX-License-Identifier: MIT
#include "ui/editor/bodywords.h"

#include "core/session/deliver.h"
#include "ui/editor/fieldeditor.h"
#include "ui/editor/fieldrow.h"
#include "ui/editor/formfields.h"
#include "ui/editor/markdown/wordcount.h"
#include "ui/editor/recordeditorform.h"
#include "ui/editor/storedtextedit.h"

#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace ui {

BodyWords::BodyWords(FormFields &fields, Value value, QObject *parent)
    : QObject(parent)
    , m_fields(fields)
    , m_value(std::move(value))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &BodyWords::update);
    if (const StoredTextEdit *edit = m_fields.bodyEdit()) {
        connect(edit, &QPlainTextEdit::selectionChanged, this, [this] {
            if (!m_timer.isActive())
                updateSoon();
        });
    }
}

bool BodyWords::isLarge() const
{
    const FieldRow *body = m_fields.body();
    return body && body->editor().length() > RecordEditorForm::largeText;
}

void BodyWords::restart()
{
    m_timer.stop();
    if (isLarge()) {
        m_fields.setWords({});
        updateSoon();
    } else {
        update();
    }
}

void BodyWords::updateSoon()
{
    m_timer.start(isLarge() ? RecordEditorForm::pause : std::chrono::milliseconds(0));
}

void BodyWords::update()
{
    const StoredTextEdit *edit = m_fields.bodyEdit();
    const std::optional<orm::StoredValue> value = edit ? m_value() : std::nullopt;
    if (!value)
        return;
    const quint64 generation = ++m_generation;
    if (!isLarge() && !m_fields.body()->editor().isFilling()) {
        const qint64 words = countWords(edit->document()->toRawText());
        const QString selected = edit->textCursor().selectedText();
        m_fields.setWords(selected.isEmpty() ? wordCountText(words)
                                             : selectedWordCountText(countWords(selected), words));
        return;
    }
    // By then the value has what was typed
    auto promise = std::make_shared<QPromise<qint64>>();
    promise->start();
    orm::deliver(
        promise->future(), this,
        [this, generation](qint64 words) {
            if (generation == m_generation)
                m_fields.setWords(wordCountText(words));
        },
        [](const orm::Error &) {});
    QThreadPool::globalInstance()->start([promise, bytes = value->bytes()] {
        promise->addResult(countWords(orm::decodeUtf8(bytes)));
        promise->finish();
    });
}

} // namespace ui
