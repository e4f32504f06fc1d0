// SPDX-License-Identifier: MIT
#pragma once

#include "core/mapping/record.h"
#include "core/schema/table.h"
#include "core/session/rowquery.h"
#include "ui/table/roworder.h"

#include <QPersistentModelIndex>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <optional>

class QPlainTextEdit;
class QSplitter;
class QStackedWidget;

namespace ui {

class FindBar;
class PanelArea;
class RecordEditorForm;
class RecordTableView;
class SearchBar;
class Workspace;

/// The list and the editor of one open database, side by side where there is room, else one below
/// the other. The editor follows the current row of the list.
class RecordsPane final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int widthForBeside = 1100; ///< pixels from which the editor stands beside
    /// How long a row is current before the editor shows it: arrowing through rows stays fluent.
    static constexpr std::chrono::milliseconds followDelay{80};

    enum class Layout { Beside, Below, ListOnly };
    /// A column of the list.
    struct ColumnPlace
    {
        QString name; ///< of the table's column
        int width = 0; ///< pixels
        bool operator==(const ColumnPlace &) const = default;
    };

    /// Which rows the list shows, in which order and columns.
    struct Arrangement
    {
        QString search; ///< as in the search line
        QList<orm::SortColumn> sort;
        QList<ColumnPlace> columns; ///< from left to right
    };

    /// Borrows @p workspace, which outlives this.
    explicit RecordsPane(Workspace &workspace, QWidget *parent = nullptr);
    ~RecordsPane() override;

    Workspace &workspace() { return m_workspace; }
    const Workspace &workspace() const { return m_workspace; }
    RecordTableView &view() { return *m_view; }
    const RecordTableView &view() const { return *m_view; }
    RecordEditorForm &form() { return *m_form; }
    const RecordEditorForm &form() const { return *m_form; }
    FindBar &findBar() { return *m_findBar; } ///< under the form
    SearchBar &searchBar() { return *m_search; }
    const SearchBar &searchBar() const { return *m_search; }

    orm::Key currentKey() const; ///< null if no row is current
    /// Makes @p key's row current and the only one selected. @returns whether it is shown
    bool select(const orm::Key &key);
    /// Makes @p key's row current as soon as it is here, unless the user goes elsewhere before.
    /// @param caret where it was in the body, when that is shown
    void goBackTo(const orm::Key &key, int caret = 0);
    int caret() const; ///< in the body
    /// The editor shows the current row now, not after the delay.
    void follow();
    /// Puts the focus into the field of @p role, in the editor.
    void focusField(orm::Role role);

    /// Shows @p panel in place of the editor, with the focus, and takes it over; one that was there goes.
    void showPanel(QWidget *panel);
    /// Whether @p widget is in the form or its find bar.
    bool isInEditor(const QWidget *widget) const;
    QWidget *panel() const { return m_panel; } ///< null if the editor shows
    /// The editor shows again; the focus, if it was in the panel, goes to the list.
    void closePanel();

    /// Whether neither list nor search are to be seen.
    void setEditorAlone(bool alone);

    /// Nothing: beside where there is room, else below.
    std::optional<Layout> chosenLayout() const { return m_chosen; }
    void chooseLayout(std::optional<Layout> layout);
    /// Goes to the next layout. @returns what it is, in words
    QString stepLayout();

    /// How the splitter stands in @p layout; empty if it was never shown so.
    QList<int> sizes(Layout layout) const;
    void setSizes(Layout layout, const QList<int> &sizes);

    /// The columns from left to right as they are placed; the last one takes what is left.
    QList<ColumnPlace> columns() const;
    /// Columns that are not there are left out, those that are not named stay where they are.
    void setColumns(const QList<ColumnPlace> &columns);

    Arrangement arrangement() const;
    void arrange(const Arrangement &arrangement);
    void resetColumns();
    /// What an empty list says: that nothing was found, or setEmptyText().
    void setSearching(bool searching);
    void setEmptyText(const QString &text);

    /// Whether the rows in sight and the editor's row are all here.
    bool isSettled() const;

signals:
    /// Another row is current; null if none is.
    void currentKeyChanged(const orm::Key &key);
    void selectionChanged();
    /// A panel came or went.
    void panelChanged();
    /// The editor shows @p key's row now.
    void followed(const orm::Key &key);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpColumns();
    void applyLayout();
    void applyLayout(Layout layout);
    void hideEditor();
    QPlainTextEdit *bodyEdit() const;
    void ensureCurrentRow();
    void onTurned(RowOrder::Edge edge);
    void onCurrentRowChanged();
    void endVisit();

    Workspace &m_workspace;
    SearchBar *m_search;
    QSplitter *m_splitter;
    RecordTableView *m_view;
    QStackedWidget *m_side; ///< the editor, and what is in its place
    QWidget *m_editor; ///< the form and its find bar
    RecordEditorForm *m_form;
    FindBar *m_findBar;
    int m_digitWidth; ///< that the columns' widths are made for
    QWidget *m_panel = nullptr;
    PanelArea *m_panelArea = nullptr; ///< has the panel
    QTimer m_follow;
    std::optional<Layout> m_layout; ///< nothing before the first size
    std::optional<Layout> m_chosen; ///< by the user
    QHash<Layout, QList<int>> m_sizes;
    orm::Key m_currentKey;
    QString m_emptyText;
    bool m_isSearching = false;
    bool m_isEditorAlone = false;
    orm::Key m_caretKey; ///< the row whose body m_caret is for
    int m_caret = 0;
    QPersistentModelIndex m_turningAt; ///< current when the other end of the table was asked for
    int m_turningColumn = 0;
    orm::Key m_wanted; ///< to go back to; null if there is none, or no longer
};

} // namespace ui
