<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>app::AnyTable</name>
    <message>
        <source>%1 has no table &apos;%2&apos;, nor any other.</source>
        <translation>%1 hat keine Tabelle „%2“ und auch keine andere.</translation>
    </message>
    <message>
        <source>%1 has no table &apos;%2&apos;. It has %3.</source>
        <translation>%1 hat keine Tabelle „%2“. Es gibt darin %3.</translation>
    </message>
    <message>
        <source>row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>&apos;%1&apos; names no database of which a table can be shown.</source>
        <translation>„%1“ nennt keine Datenbank, von der sich eine Tabelle zeigen lässt.</translation>
    </message>
    <message>
        <source>there is no file %1.</source>
        <translation>es gibt keine Datei %1.</translation>
    </message>
</context>
<context>
    <name>app::Application</name>
    <message>
        <source>A small blog of %1 posts that shows you around  (Enter)</source>
        <translation>Ein kleines Blog mit %1 Beiträgen, das dich herumführt  (Eingabe)</translation>
    </message>
    <message>
        <source>This one is yours to play with. Ctrl+Shift+P finds every command, F1 explains where you are.</source>
        <translation>Hier darfst du alles ausprobieren. Strg+Umschalt+P findet jeden Befehl, F1 erklärt die Stelle, an der du bist.</translation>
    </message>
</context>
<context>
    <name>app::CommandLine</name>
    <message>
        <source>%1: %2
Try &apos;%1 --help&apos; for more information.
</source>
        <translation>%1: %2
„%1 --help“ gibt weitere Informationen.
</translation>
    </message>
    <message>
        <source>there is no option &apos;%1&apos;</source>
        <translation>die Option „%1“ gibt es nicht</translation>
    </message>
    <message>
        <source>--config-dir needs a folder</source>
        <translation>--config-dir braucht einen Ordner</translation>
    </message>
    <message>
        <source>--new-post needs a database that can be changed, not one that is --read-only</source>
        <translation>--new-post braucht eine Datenbank, die geändert werden kann, nicht eine mit --read-only</translation>
    </message>
    <message>
        <source>--screenshot needs a file</source>
        <translation>--screenshot braucht eine Datei</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no size such as 1280x800</source>
        <translation>„%1“ ist keine Größe wie 1280x800</translation>
    </message>
    <message>
        <source>only one database can be opened, not also &apos;%1&apos;</source>
        <translation>nur eine Datenbank kann geöffnet werden, nicht auch noch „%1“</translation>
    </message>
    <message>
        <source>the name of the database is empty</source>
        <translation>der Name der Datenbank ist leer</translation>
    </message>
    <message>
        <source>--new-window opens nothing, so it goes with neither a database nor --new-post</source>
        <translation>--new-window öffnet nichts, passt also weder zu einer Datenbank noch zu --new-post</translation>
    </message>
    <message>
        <source>look, but change nothing</source>
        <translation>ansehen, aber nichts ändern</translation>
    </message>
    <message>
        <source>The database is opened so that it cannot be written at all.</source>
        <translation>Die Datenbank wird so geöffnet, dass gar nichts geschrieben werden kann.</translation>
    </message>
    <message>
        <source>begin a new post at once</source>
        <translation>gleich einen neuen Beitrag beginnen</translation>
    </message>
    <message>
        <source>It is a pending change like any other: nothing is written before it is saved.</source>
        <translation>Er ist eine Änderung wie jede andere: Vor dem Speichern wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>don&apos;t open the last database again</source>
        <translation>die letzte Datenbank nicht wieder öffnen</translation>
    </message>
    <message>
        <source>The window begins with the choice between a sample, a database that is there and a new one.</source>
        <translation>Das Fenster beginnt mit der Wahl zwischen einem Beispiel, einer vorhandenen Datenbank und einer neuen.</translation>
    </message>
    <message>
        <source>This is for one run; &quot;system&quot; follows what the desktop prefers.</source>
        <translation>Das gilt für diesen Start; „system“ folgt dem, was der Desktop vorzieht.</translation>
    </message>
    <message>
        <source>size of the window</source>
        <translation>Größe des Fensters</translation>
    </message>
    <message>
        <source>In pixels, for example 1280x800.</source>
        <translation>In Pixeln, zum Beispiel 1280x800.</translation>
    </message>
    <message>
        <source>paint the window into FILE (.png) and end</source>
        <translation>das Fenster in FILE (.png) malen und enden</translation>
    </message>
    <message>
        <source>This needs no display, and remembers nothing for the next start.</source>
        <translation>Das braucht keinen Bildschirm und merkt sich nichts für den nächsten Start.</translation>
    </message>
    <message>
        <source>keep settings and data in DIR</source>
        <translation>Einstellungen und Daten in DIR aufbewahren</translation>
    </message>
    <message>
        <source>Without it they are in the folders named under FILES.</source>
        <translation>Sonst sind sie in den Ordnern, die unter FILES stehen.</translation>
    </message>
    <message>
        <source>say on standard output what the window shows</source>
        <translation>auf der Standardausgabe sagen, was das Fenster zeigt</translation>
    </message>
    <message>
        <source>After each change that has settled, one line of JSON, for programs that drive this one.</source>
        <translation>Nach jeder Änderung, die zur Ruhe gekommen ist, eine Zeile JSON, für Programme, die dieses steuern.</translation>
    </message>
    <message>
        <source>show this help and end</source>
        <translation>diese Hilfe zeigen und enden</translation>
    </message>
    <message>
        <source>show the version and end</source>
        <translation>die Version zeigen und enden</translation>
    </message>
    <message>
        <source>Usage: %1 [OPTION]... [DATABASE]
Write and edit the posts of a SQL database.

DATABASE is a file (blog.db) or a URL (sqlite:///blog.db); without it, the
last one is opened again.

</source>
        <translation>Aufruf: %1 [OPTION]... [DATENBANK]
Schreibt und ändert die Beiträge einer SQL-Datenbank.

DATENBANK ist eine Datei (blog.db) oder eine URL (sqlite:///blog.db); ohne sie
wird die letzte wieder geöffnet.

</translation>
    </message>
    <message>
        <source>
It ends with 0 if all went well, with 1 if it could not do what was asked, and
with 2 if it was asked in a wrong way. &apos;man %1&apos; has the keys.
</source>
        <translation>
Es endet mit 0, wenn alles gut ging, mit 1, wenn es nicht tun konnte, was
verlangt war, und mit 2, wenn falsch gefragt wurde. „man %1“ nennt die Tasten.
</translation>
    </message>
    <message>
        <source>Copyright (C) 2026 The Postdesk authors
License: MIT. This is free software: you are free to change and redistribute it.
There is no warranty, to the extent permitted by law.
</source>
        <translation>Copyright (C) 2026 The Postdesk authors
Lizenz: MIT. Dies ist freie Software: Du darfst sie ändern und weitergeben.
Es gibt keine Garantie, soweit das Gesetz es erlaubt.
</translation>
    </message>
    <message>
        <source>--table needs the name of a table</source>
        <translation>--table braucht den Namen einer Tabelle</translation>
    </message>
    <message>
        <source>--table needs a database that has the table</source>
        <translation>--table braucht eine Datenbank mit der Tabelle</translation>
    </message>
    <message>
        <source>show and edit the table NAME instead of the posts</source>
        <translation>die Tabelle NAME statt der Beiträge zeigen und bearbeiten</translation>
    </message>
    <message>
        <source>It can be any table of DATABASE. A view, and a table without a key, can only be read. What is remembered is remembered of this table; without the option the posts are shown again.</source>
        <translation>Es kann jede Tabelle von DATABASE sein. Eine Sicht und eine Tabelle ohne Schlüssel lassen sich nur lesen. Was gemerkt wird, gilt für diese Tabelle; ohne die Option werden wieder die Beiträge gezeigt.</translation>
    </message>
    <message>
        <source>no theme is called &apos;%1&apos;; there are light, dark, high-contrast and system</source>
        <translation>kein Farbschema heißt „%1“; es gibt light, dark, high-contrast und system</translation>
    </message>
    <message>
        <source>light, dark, high-contrast or system</source>
        <translation>hell (light), dunkel (dark), hoher Kontrast (high-contrast) oder wie das System (system)</translation>
    </message>
</context>
<context>
    <name>app::Main</name>
    <message>
        <source>postdesk: standard output can&apos;t be written: %1
</source>
        <translation>postdesk: Die Standardausgabe kann nicht geschrieben werden: %1
</translation>
    </message>
    <message>
        <source>postdesk: there is no display to show a window on. To see the window without one, use &apos;postdesk --screenshot FILE.png&apos;.
</source>
        <translation>postdesk: Es gibt keinen Bildschirm für ein Fenster. „postdesk --screenshot DATEI.png“ zeigt das Fenster auch ohne.
</translation>
    </message>
    <message>
        <source>postdesk: no font with Latin letters is installed, so no text could be shown. Install one, for example DejaVu Sans (fonts-dejavu-core or dejavu-sans-fonts).
</source>
        <translation>postdesk: Keine Schrift mit lateinischen Buchstaben ist installiert, also könnte kein Text gezeigt werden. Installiere eine, zum Beispiel DejaVu Sans (fonts-dejavu-core oder dejavu-sans-fonts).
</translation>
    </message>
</context>
<context>
    <name>app::Post</name>
    <message>
        <source>Id</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>T&amp;itle</source>
        <translation>T&amp;itel</translation>
    </message>
    <message>
        <source>&amp;Body</source>
        <translation>Te&amp;xt</translation>
    </message>
    <message>
        <source>C&amp;reated</source>
        <translation>Ers&amp;tellt</translation>
    </message>
    <message>
        <source>post</source>
        <translation>Beitrag</translation>
    </message>
    <message>
        <source>posts</source>
        <translation>Beiträge</translation>
    </message>
</context>
<context>
    <name>app::SampleBlog</name>
    <message>
        <source>Sample blog</source>
        <translation>Beispiel-Blog</translation>
    </message>
</context>
<context>
    <name>app::Screenshot</name>
    <message>
        <source>&apos;%1&apos; can&apos;t be written. Choose another folder, and a name that ends in .png.</source>
        <translation>„%1“ kann nicht geschrieben werden. Wähle einen anderen Ordner und einen Namen, der auf .png endet.</translation>
    </message>
    <message>
        <source>the picture was taken before everything was there</source>
        <translation>das Bild wurde gemacht, bevor alles da war</translation>
    </message>
</context>
<context>
    <name>ui::ActionFacts</name>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Up, Down, PgUp, PgDn</source>
        <translation>Auf, Ab, Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Another row</source>
        <translation>Andere Zeile</translation>
    </message>
    <message>
        <source>Ctrl+Home, Ctrl+End</source>
        <translation>Strg+Pos1, Strg+Ende</translation>
    </message>
    <message>
        <source>The first, the last row</source>
        <translation>Erste, letzte Zeile</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Links, Rechts</translation>
    </message>
    <message>
        <source>Another cell</source>
        <translation>Andere Zelle</translation>
    </message>
    <message>
        <source>Shift with these</source>
        <translation>Umschalt mit diesen</translation>
    </message>
    <message>
        <source>Select what lies between</source>
        <translation>Auswählen, was dazwischen liegt</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Find a title that starts with them, from here on</source>
        <translation>Titel finden, der so beginnt, von hier an</translation>
    </message>
    <message>
        <source>In a cell: Enter</source>
        <translation>In einer Zelle: Eingabe</translation>
    </message>
    <message>
        <source>Keep what was typed</source>
        <translation>Getipptes behalten</translation>
    </message>
    <message>
        <source>In a cell: Tab, Up, Down</source>
        <translation>In einer Zelle: Tab, Auf, Ab</translation>
    </message>
    <message>
        <source>Keep it and go on with the next cell</source>
        <translation>Behalten und mit der nächsten Zelle weiter</translation>
    </message>
    <message>
        <source>In a cell: Ctrl+Enter</source>
        <translation>In einer Zelle: Strg+Eingabe</translation>
    </message>
    <message>
        <source>Keep it and fill all selected rows</source>
        <translation>Behalten und alle ausgewählten Zeilen füllen</translation>
    </message>
    <message>
        <source>In a cell: Esc</source>
        <translation>In einer Zelle: Esc</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>Lassen, wie es war</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>The next, the previous field</source>
        <translation>Nächstes, voriges Feld</translation>
    </message>
    <message>
        <source>Enter in a line</source>
        <translation>Eingabe in einer Zeile</translation>
    </message>
    <message>
        <source>The next field</source>
        <translation>Nächstes Feld</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back to the list; what was typed stays</source>
        <translation>Zurück zur Liste; Getipptes bleibt</translation>
    </message>
</context>
<context>
    <name>ui::ActionStates</name>
    <message>
        <source>No database is open</source>
        <translation>Keine Datenbank ist geöffnet</translation>
    </message>
    <message>
        <source>This database can only be read</source>
        <translation>Diese Datenbank kann nur gelesen werden</translation>
    </message>
    <message>
        <source>There is no %1 here</source>
        <translation>Hier ist kein Eintrag (%1)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>There is nothing to undo</source>
        <translation>Es gibt nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>There is nothing to redo</source>
        <translation>Es gibt nichts wiederherzustellen</translation>
    </message>
    <message>
        <source>First go into a text</source>
        <translation>Gehe zuerst in einen Text</translation>
    </message>
    <message>
        <source>There is nothing to copy</source>
        <translation>Es gibt nichts zu kopieren</translation>
    </message>
    <message>
        <source>There is nothing to select</source>
        <translation>Es gibt nichts auszuwählen</translation>
    </message>
    <message>
        <source>Everything is saved</source>
        <translation>Alles ist gespeichert</translation>
    </message>
    <message>
        <source>Nothing is changed here</source>
        <translation>Hier ist nichts geändert</translation>
    </message>
    <message>
        <source>There is nothing to go back to</source>
        <translation>Es gibt kein Zurück</translation>
    </message>
    <message>
        <source>There is nothing to go forward to</source>
        <translation>Es gibt kein Vorwärts</translation>
    </message>
    <message>
        <source>There is no field here</source>
        <translation>Hier ist kein Feld</translation>
    </message>
    <message>
        <source>There is nothing to replace in</source>
        <translation>Hier gibt es nichts zu ersetzen</translation>
    </message>
    <message>
        <source>The clipboard is empty</source>
        <translation>Die Zwischenablage ist leer</translation>
    </message>
    <message>
        <source>First go into the body</source>
        <translation>Gehen Sie zuerst in den Text</translation>
    </message>
    <message>
        <source>Only files can be copied</source>
        <translation>Nur Dateien können kopiert werden</translation>
    </message>
</context>
<context>
    <name>ui::Actions</name>
    <message>
        <source>&amp;Open database…</source>
        <translation>Datenbank ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Choose a file with %2</source>
        <translation>Eine Datei wählen (%2)</translation>
    </message>
    <message>
        <source>&amp;New database…</source>
        <translation>&amp;Neue Datenbank …</translation>
    </message>
    <message>
        <source>Make a new file for %2</source>
        <translation>Eine neue Datei anlegen (%2)</translation>
    </message>
    <message>
        <source>&amp;Close database</source>
        <translation>Datenbank s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Save changes</source>
        <translation>Änderungen &amp;speichern</translation>
    </message>
    <message>
        <source>Write all changes to the database</source>
        <translation>Alle Änderungen in die Datenbank schreiben</translation>
    </message>
    <message>
        <source>&amp;Review changes</source>
        <translation>Änderungen p&amp;rüfen</translation>
    </message>
    <message>
        <source>What a save would write, word by word and as SQL</source>
        <translation>Was ein Speichern schriebe, Wort für Wort und als SQL</translation>
    </message>
    <message>
        <source>&amp;Discard all changes</source>
        <translation>Alle Änderungen &amp;verwerfen</translation>
    </message>
    <message>
        <source>Everything is as it is saved; Ctrl+Z brings it back</source>
        <translation>Alles ist wie gespeichert; Strg+Z bringt es zurück</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Aussch&amp;neiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Select &amp;only the current row</source>
        <translation>Nur die ak&amp;tuelle Zeile auswählen</translation>
    </message>
    <message>
        <source>Make the field &amp;empty (NULL)</source>
        <translation>Feld &amp;leeren (NULL)</translation>
    </message>
    <message>
        <source>No value at all, which is not the same as no text</source>
        <translation>Gar kein Wert, was nicht dasselbe ist wie kein Text</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>Searc&amp;h all %2</source>
        <translation>&amp;Überall suchen (%2)</translation>
    </message>
    <message>
        <source>Words that must be in them; Alt+Down there shows more</source>
        <translation>Wörter, die vorkommen müssen; Alt+Ab dort zeigt mehr</translation>
    </message>
    <message>
        <source>&amp;Go to %1…</source>
        <translation>&amp;Gehe zu …</translation>
    </message>
    <message>
        <source>By number, row, day or title</source>
        <translation>Nach Nummer, Zeile, Tag oder Titel</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>Read again; changes that are not saved stay</source>
        <translation>Neu lesen; nicht gespeicherte Änderungen bleiben</translation>
    </message>
    <message>
        <source>Command &amp;palette…</source>
        <translation>&amp;Befehlspalette …</translation>
    </message>
    <message>
        <source>Any command by a few of its letters</source>
        <translation>Jeder Befehl mit einigen seiner Buchstaben</translation>
    </message>
    <message>
        <source>Ne&amp;xt pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>Go to the &amp;list</source>
        <translation>Zur &amp;Liste</translation>
    </message>
    <message>
        <source>Go to the &amp;title</source>
        <translation>Zum &amp;Titel</translation>
    </message>
    <message>
        <source>Go to the bod&amp;y</source>
        <translation>Zum Te&amp;xt</translation>
    </message>
    <message>
        <source>&amp;Columns and sort…</source>
        <translation>&amp;Spalten und Sortierung …</translation>
    </message>
    <message>
        <source>Show, hide, move, size, freeze and sort columns</source>
        <translation>Spalten zeigen, verbergen, verschieben, verbreitern, festhalten und sortieren</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>V&amp;ollbild</translation>
    </message>
    <message>
        <source>Lar&amp;ger text</source>
        <translation>&amp;Größerer Text</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>&amp;Kleinerer Text</translation>
    </message>
    <message>
        <source>&amp;Normal text size</source>
        <translation>No&amp;rmale Textgröße</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>To the %1 visited before</source>
        <translation>Zum vorher besuchten Eintrag (%1)</translation>
    </message>
    <message>
        <source>For&amp;ward</source>
        <translation>Vor&amp;wärts</translation>
    </message>
    <message>
        <source>&amp;New %1</source>
        <translation>&amp;Neu (%1)</translation>
    </message>
    <message>
        <source>New %1 above the l&amp;ist</source>
        <translation>Neu (%1) über der L&amp;iste</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>&amp;Open in the editor</source>
        <translation>Im &amp;Editor öffnen</translation>
    </message>
    <message>
        <source>&amp;Edit in the list</source>
        <translation>In der &amp;Liste ändern</translation>
    </message>
    <message>
        <source>De&amp;lete selected</source>
        <translation>Aus&amp;wahl löschen</translation>
    </message>
    <message>
        <source>Mark for deletion; they go when you save</source>
        <translation>Zum Löschen vormerken; gelöscht wird beim Speichern</translation>
    </message>
    <message>
        <source>Ne&amp;xt %1</source>
        <translation>N&amp;ächster Eintrag (%1)</translation>
    </message>
    <message>
        <source>Pre&amp;vious %1</source>
        <translation>&amp;Voriger Eintrag (%1)</translation>
    </message>
    <message>
        <source>Next &amp;changed %1</source>
        <translation>Näc&amp;hste Änderung</translation>
    </message>
    <message>
        <source>The next one that can&apos;t be saved, or else is changed</source>
        <translation>Das Nächste, das nicht gespeichert werden kann oder sonst geändert ist</translation>
    </message>
    <message>
        <source>Previous chan&amp;ged %1</source>
        <translation>Vorige Änderun&amp;g</translation>
    </message>
    <message>
        <source>The one before that can&apos;t be saved, or else is changed</source>
        <translation>Das Vorige, das nicht gespeichert werden kann oder sonst geändert ist</translation>
    </message>
    <message>
        <source>&amp;Save this %1 and go back</source>
        <translation>Nur dies &amp;speichern und zurück</translation>
    </message>
    <message>
        <source>Only this %1; other changes stay</source>
        <translation>Nur diesen Eintrag (%1); andere Änderungen bleiben</translation>
    </message>
    <message>
        <source>&amp;Revert to saved</source>
        <translation>Auf Gespeichertes zu&amp;rücksetzen</translation>
    </message>
    <message>
        <source>The selected %2 are as they are saved</source>
        <translation>Das Ausgewählte (%2) ist wieder wie gespeichert</translation>
    </message>
    <message>
        <source>&amp;Cancel what is running</source>
        <translation>&amp;Laufendes abbrechen</translation>
    </message>
    <message>
        <source>&amp;Help for this place</source>
        <translation>&amp;Hilfe zu dieser Stelle</translation>
    </message>
    <message>
        <source>&amp;Keyboard map…</source>
        <translation>&amp;Tastenbelegung …</translation>
    </message>
    <message>
        <source>Find and change keys</source>
        <translation>Tasten finden und ändern</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Sort by %1</source>
        <translation>Sortieren nach %1</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>Ext&amp;ras</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>S&amp;ort</source>
        <translation>Sortier&amp;ung</translation>
    </message>
    <message>
        <source>Copy a&amp;s…</source>
        <translation>Ko&amp;pieren als …</translation>
    </message>
    <message>
        <source>The selected %2 as Markdown, CSV, JSON, SQL or HTML</source>
        <translation>Das Ausgewählte (%2) als Markdown, CSV, JSON, SQL oder HTML</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>Weitersu&amp;chen</translation>
    </message>
    <message>
        <source>The next hit in the text, or in the list</source>
        <translation>Der nächste Treffer im Text oder in der Liste</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>Rückwärts suc&amp;hen</translation>
    </message>
    <message>
        <source>Rep&amp;lace</source>
        <translation>Erset&amp;zen</translation>
    </message>
    <message>
        <source>In the text of this %1; from the list, in all that are shown</source>
        <translation>Im Text des Eintrags (%1); von der Liste aus in allen gezeigten</translation>
    </message>
    <message>
        <source>Replace &amp;in %2…</source>
        <translation>Ersetzen &amp;in mehreren (%2) …</translation>
    </message>
    <message>
        <source>In those that are shown or selected, each hit seen first</source>
        <translation>In den gezeigten oder ausgewählten, jeder Treffer vorher gesehen</translation>
    </message>
    <message>
        <source>Layo&amp;ut: beside, below, list only</source>
        <translation>Anor&amp;dnung: daneben, darunter, nur Liste</translation>
    </message>
    <message>
        <source>Where the editor stands; kept for this database</source>
        <translation>Wo der Editor steht; gemerkt für diese Datenbank</translation>
    </message>
    <message>
        <source>Quic&amp;k look</source>
        <translation>&amp;Kurz ansehen</translation>
    </message>
    <message>
        <source>Read it without opening it</source>
        <translation>Lesen, ohne zu öffnen</translation>
    </message>
    <message>
        <source>Det&amp;ails of the %1</source>
        <translation>Ein&amp;zelheiten (%1)</translation>
    </message>
    <message>
        <source>What is stored, and how</source>
        <translation>Was gespeichert ist und wie</translation>
    </message>
    <message>
        <source>Edit &amp;many together…</source>
        <translation>Mehrere ge&amp;meinsam ändern …</translation>
    </message>
    <message>
        <source>The same change to all of the selected %2</source>
        <translation>Dieselbe Änderung an allen ausgewählten (%2)</translation>
    </message>
    <message>
        <source>&amp;History and compare</source>
        <translation>Verlauf und Verglei&amp;ch</translation>
    </message>
    <message>
        <source>Earlier versions of this %1, to compare or bring back</source>
        <translation>Frühere Fassungen (%1), zum Vergleichen oder Zurückholen</translation>
    </message>
    <message>
        <source>Dele&amp;ted %2</source>
        <translation>Gelösch&amp;te (%2)</translation>
    </message>
    <message>
        <source>Those of the last 30 days, to bring back</source>
        <translation>Die der letzten 30 Tage, zum Zurückholen</translation>
    </message>
    <message>
        <source>Make search &amp;instant…</source>
        <translation>Suche &amp;beschleunigen …</translation>
    </message>
    <message>
        <source>An index in the database: what it costs, and how to remove it</source>
        <translation>Ein Index in der Datenbank: was er kostet und wie er entfernt wird</translation>
    </message>
    <message>
        <source>Paste as plain te&amp;xt</source>
        <translation>Als reinen Te&amp;xt einfügen</translation>
    </message>
    <message>
        <source>As it stands; otherwise what is copied from pages becomes Markdown</source>
        <translation>So, wie er ist; sonst wird aus kopierten Seiten Markdown</translation>
    </message>
    <message>
        <source>Go to t&amp;he preview</source>
        <translation>Zur Vorsc&amp;hau</translation>
    </message>
    <message>
        <source>&amp;Markdown preview</source>
        <translation>&amp;Markdown-Vorschau</translation>
    </message>
    <message>
        <source>As it will be read; it loads nothing. Kept for this database</source>
        <translation>So, wie es gelesen wird; lädt nichts. Bleibt für diese Datenbank so</translation>
    </message>
    <message>
        <source>Writ&amp;ing focus</source>
        <translation>Schre&amp;ibfokus</translation>
    </message>
    <message>
        <source>Only the text, on the whole screen; Esc comes back</source>
        <translation>Nur der Text, auf dem ganzen Bildschirm; Esc führt zurück</translation>
    </message>
    <message>
        <source>&amp;Bold</source>
        <translation>&amp;Fett</translation>
    </message>
    <message>
        <source>The selection or the word, on and off</source>
        <translation>Die Auswahl oder das Wort, ein und aus</translation>
    </message>
    <message>
        <source>&amp;Italic</source>
        <translation>&amp;Kursiv</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>&amp;Code</translation>
    </message>
    <message>
        <source>The selection or the word; several lines as a block</source>
        <translation>Die Auswahl oder das Wort; mehrere Zeilen als Block</translation>
    </message>
    <message>
        <source>&amp;Link…</source>
        <translation>&amp;Link …</translation>
    </message>
    <message>
        <source>To the address in the clipboard, if there is one</source>
        <translation>Zur Adresse in der Zwischenablage, falls dort eine ist</translation>
    </message>
    <message>
        <source>&amp;Heading</source>
        <translation>&amp;Überschrift</translation>
    </message>
    <message>
        <source>Another level with each key, and back to none</source>
        <translation>Mit jedem Druck eine andere Ebene, und zurück zu keiner</translation>
    </message>
    <message>
        <source>&amp;Next misspelling</source>
        <translation>&amp;Nächster Rechtschreibfehler</translation>
    </message>
    <message>
        <source>And what it may be meant to be</source>
        <translation>Und was gemeint sein könnte</translation>
    </message>
    <message>
        <source>&amp;Previous misspelling</source>
        <translation>&amp;Voriger Rechtschreibfehler</translation>
    </message>
    <message>
        <source>&amp;Suggestions for this word</source>
        <translation>Vorschlä&amp;ge für dieses Wort</translation>
    </message>
    <message>
        <source>Language of the &amp;dictionary…</source>
        <translation>&amp;Sprache des Wörterbuchs …</translation>
    </message>
    <message>
        <source>In which the spelling is checked, or not at all</source>
        <translation>In der die Rechtschreibung geprüft wird, oder gar nicht</translation>
    </message>
    <message>
        <source>&amp;Tab key: moves on or indents</source>
        <translation>&amp;Tabulatortaste: geht weiter oder rückt ein</translation>
    </message>
    <message>
        <source>Indents items of lists, or goes to the next field</source>
        <translation>Rückt Listenpunkte ein oder geht ins nächste Feld</translation>
    </message>
    <message>
        <source>&amp;Formatting</source>
        <translation>&amp;Formatierung</translation>
    </message>
    <message>
        <source>Save &amp;what can be saved</source>
        <translation>Speichern, &amp;was sich speichern lässt</translation>
    </message>
    <message>
        <source>All changes but those with a conflict or a problem</source>
        <translation>Alle Änderungen außer denen mit einem Konflikt oder Problem</translation>
    </message>
    <message>
        <source>&amp;Always save what can be saved</source>
        <translation>&amp;Immer speichern, was sich speichern lässt</translation>
    </message>
    <message>
        <source>Else a save writes everything or nothing</source>
        <translation>Sonst schreibt ein Speichern alles oder nichts</translation>
    </message>
    <message>
        <source>Make this &amp;order instant…</source>
        <translation>Diese &amp;Ordnung sofort zeigen…</translation>
    </message>
    <message>
        <source>An index for the order of the list: what it costs, and how to remove it</source>
        <translation>Ein Index für die Ordnung der Liste: was er kostet, und wie man ihn entfernt</translation>
    </message>
    <message>
        <source>Theme of the &amp;desktop</source>
        <translation>Farben des &amp;Desktops</translation>
    </message>
    <message>
        <source>Light or dark as the desktop is, and as rich in contrast</source>
        <translation>Hell oder dunkel wie der Desktop und ebenso kontrastreich</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>&amp;Helle Farben</translation>
    </message>
    <message>
        <source>D&amp;ark theme</source>
        <translation>D&amp;unkle Farben</translation>
    </message>
    <message>
        <source>&amp;High contrast theme</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>White on black, with lines around all that can be pressed</source>
        <translation>Weiß auf Schwarz, mit Linien um alles, was sich drücken lässt</translation>
    </message>
    <message>
        <source>Them&amp;e</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Filter this column…</source>
        <translation>Diese Spalte &amp;filtern …</translation>
    </message>
    <message>
        <source>Only rows with a certain value in the current column</source>
        <translation>Nur Zeilen mit einem bestimmten Wert in der aktuellen Spalte</translation>
    </message>
    <message>
        <source>View: &amp;all %2</source>
        <translation>Ansicht: &amp;alle (%2)</translation>
    </message>
    <message>
        <source>No search, and the order from before the saved view</source>
        <translation>Ohne Suche und in der Sortierung von vor der gespeicherten Ansicht</translation>
    </message>
    <message>
        <source>Saved view &amp;1</source>
        <translation>Gespeicherte Ansicht &amp;1</translation>
    </message>
    <message>
        <source>Saved view &amp;2</source>
        <translation>Gespeicherte Ansicht &amp;2</translation>
    </message>
    <message>
        <source>Saved view &amp;3</source>
        <translation>Gespeicherte Ansicht &amp;3</translation>
    </message>
    <message>
        <source>Saved view &amp;4</source>
        <translation>Gespeicherte Ansicht &amp;4</translation>
    </message>
    <message>
        <source>Saved view &amp;5</source>
        <translation>Gespeicherte Ansicht &amp;5</translation>
    </message>
    <message>
        <source>Saved view &amp;6</source>
        <translation>Gespeicherte Ansicht &amp;6</translation>
    </message>
    <message>
        <source>Saved view &amp;7</source>
        <translation>Gespeicherte Ansicht &amp;7</translation>
    </message>
    <message>
        <source>Saved view &amp;8</source>
        <translation>Gespeicherte Ansicht &amp;8</translation>
    </message>
    <message>
        <source>Saved view &amp;9</source>
        <translation>Gespeicherte Ansicht &amp;9</translation>
    </message>
    <message>
        <source>&amp;Save this view…</source>
        <translation>Diese Ansicht &amp;speichern …</translation>
    </message>
    <message>
        <source>Its order, search and columns, under a name and a key; or delete one</source>
        <translation>Ihre Sortierung, Suche und Spalten, unter einem Namen und einer Taste; oder eine löschen</translation>
    </message>
    <message>
        <source>Fi&amp;lter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>Open rec&amp;ent database…</source>
        <translation>Zuletzt &amp;geöffnete Datenbank …</translation>
    </message>
    <message>
        <source>One that was open before, by a few letters</source>
        <translation>Eine, die schon geöffnet war, mit ein paar Buchstaben</translation>
    </message>
    <message>
        <source>Sa&amp;ve a copy as…</source>
        <translation>&amp;Kopie speichern unter …</translation>
    </message>
    <message>
        <source>The whole database, as it is saved, in another file</source>
        <translation>Die ganze Datenbank, wie sie gespeichert ist, in einer anderen Datei</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>Eins&amp;tellungen …</translation>
    </message>
    <message>
        <source>Size of the text, keys of the list</source>
        <translation>Größe der Schrift, Tasten der Liste</translation>
    </message>
    <message>
        <source>&amp;What&apos;s this?</source>
        <translation>&amp;Was ist das?</translation>
    </message>
    <message>
        <source>About the place where you are</source>
        <translation>Über die Stelle, an der du bist</translation>
    </message>
    <message>
        <source>The manual about this place, and the keys that work here</source>
        <translation>Das Handbuch zu dieser Stelle und die Tasten, die hier wirken</translation>
    </message>
</context>
<context>
    <name>ui::BatchController</name>
    <message>
        <source>%1 changed</source>
        <translation>%1 geändert</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>fill %1</source>
        <translation>%1 füllen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lesen …</translation>
    </message>
    <message>
        <source>%1 different values</source>
        <translation>%1 verschiedene Werte</translation>
    </message>
    <message>
        <source>more than %1 different values</source>
        <translation>mehr als %1 verschiedene Werte</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>#%1 %2: %3 → %4</source>
        <extracomment>What will be changed: of which row, and in which field; the old and the new value</extracomment>
        <translation>Nr. %1 %2: %3 → %4</translation>
    </message>
    <message>
        <source>The first %1 of %2:</source>
        <translation>Die ersten %1 von %2:</translation>
    </message>
    <message>
        <source>edit %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
    <message>
        <source>Type what is to be found first.</source>
        <translation>Gib zuerst ein, was gefunden werden soll.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>%1, and there are more. Replace these and save, then list again; or search for fewer first.</source>
        <translation>%1, und es gibt noch mehr. Ersetze diese und speichere, dann suche noch einmal; oder suche zuerst nach weniger.</translation>
    </message>
    <message>
        <source>%1 hits so far</source>
        <translation>bisher %1 Treffer</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>Replacing…</source>
        <translation>Ersetzen …</translation>
    </message>
    <message>
        <source>replace in %1</source>
        <translation>in %1 ersetzen</translation>
    </message>
    <message>
        <source>%1 changed; the others had become other texts meanwhile</source>
        <translation>%1 geändert; die anderen Texte waren inzwischen andere</translation>
    </message>
    <message>
        <source>Not found in these %1. Type another word, or choose others.</source>
        <translation>In diesen nicht gefunden (%1). Tippe ein anderes Wort oder wähle andere.</translation>
    </message>
</context>
<context>
    <name>ui::BatchPanel</name>
    <message>
        <source>Change them (Ctrl+Enter)</source>
        <translation>Ändern (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Edit %1 together</source>
        <translation>%1 gemeinsam ändern</translation>
    </message>
    <message>
        <source>What will be changed</source>
        <translation>Was geändert wird</translation>
    </message>
    <message>
        <source>What you type is what all of them get; what you leave stays. {%1} stands for each one&apos;s own. Del in an empty field empties it in all of them.</source>
        <translation>Was du tippst, bekommen alle; was du lässt, bleibt. {%1} steht für das jeweils eigene. Entf in einem leeren Feld leert es bei allen.</translation>
    </message>
    <message>
        <source>nothing, in all of them</source>
        <translation>nichts, bei allen</translation>
    </message>
    <message>
        <source>(empty), in all of them</source>
        <translation>(leer), bei allen</translation>
    </message>
</context>
<context>
    <name>ui::CellText</name>
    <message>
        <source>d MMM</source>
        <extracomment>A day of this year; a day of another one. See QDate::toString()</extracomment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <extracomment>A time as the database has it</extracomment>
        <translation>%1 UTC</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>ui::ChangesController</name>
    <message>
        <source>Nothing was saved, as nothing is ticked.</source>
        <translation>Nichts wurde gespeichert, denn nichts ist angekreuzt.</translation>
    </message>
    <message>
        <source>Save the &amp;rest</source>
        <translation>Den &amp;Rest speichern</translation>
    </message>
</context>
<context>
    <name>ui::ChoiceFieldEditor</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
</context>
<context>
    <name>ui::ClipboardController</name>
    <message>
        <source>&amp;Markdown table</source>
        <translation>&amp;Markdown-Tabelle</translation>
    </message>
    <message>
        <source>&amp;CSV</source>
        <translation>&amp;CSV</translation>
    </message>
    <message>
        <source>&amp;JSON</source>
        <translation>&amp;JSON</translation>
    </message>
    <message>
        <source>&amp;SQL INSERT</source>
        <translation>&amp;SQL INSERT</translation>
    </message>
    <message>
        <source>&amp;HTML table</source>
        <translation>&amp;HTML-Tabelle</translation>
    </message>
    <message>
        <source>&amp;Tab-separated</source>
        <translation>Mit &amp;Tabulatoren getrennt</translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>Kopieren …</translation>
    </message>
    <message>
        <source>%1 copied</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>There are no %1 in the clipboard.</source>
        <translation>In der Zwischenablage sind keine %1.</translation>
    </message>
    <message>
        <source>paste %1</source>
        <translation>%1 einfügen</translation>
    </message>
    <message>
        <source>%1 pasted</source>
        <translation>%1 eingefügt</translation>
    </message>
    <message>
        <source>Pasting…</source>
        <translation>Einfügen …</translation>
    </message>
</context>
<context>
    <name>ui::ColumnsPopup</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Space shows or hides, Alt+Up and Alt+Down move, Left and Right make narrower and wider, S sorts, F makes the columns up to here stay while the others scroll, R puts all back</source>
        <translation>Leertaste zeigt oder verbirgt, Alt+Auf und Alt+Ab verschieben, Links und Rechts machen schmaler und breiter, S sortiert, F hält die Spalten bis hierher fest, während die anderen rollen, R setzt alles zurück</translation>
    </message>
    <message>
        <source>%1   %2 px</source>
        <extracomment>A column and its width in pixels</extracomment>
        <translation>%1   %2 px</translation>
    </message>
    <message>
        <source>%1, stays</source>
        <extracomment>A column of the list that doesn&apos;t scroll sideways</extracomment>
        <translation>%1, bleibt stehen</translation>
    </message>
</context>
<context>
    <name>ui::CommandController</name>
    <message>
        <source>In the list</source>
        <translation>In der Liste</translation>
    </message>
    <message>
        <source>In the editor</source>
        <translation>Im Editor</translation>
    </message>
    <message>
        <source>In the body</source>
        <translation>Im Text</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>ui::CommandDelegate</name>
    <message>
        <source>%1 (%2)</source>
        <extracomment>A command that can&apos;t be done now, and why: &quot;Save changes (No database is open)&quot;</extracomment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>ui::CommandListModel</name>
    <message>
        <source>%1, not now: %2</source>
        <translation>%1, jetzt nicht: %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>A few letters of what you want to do</source>
        <translation>Einige Buchstaben dessen, was du tun willst</translation>
    </message>
    <message>
        <source>No command has these letters. Try fewer of them.</source>
        <translation>Kein Befehl hat diese Buchstaben. Versuche es mit weniger.</translation>
    </message>
</context>
<context>
    <name>ui::Conflict</name>
    <message>
        <source>decide a conflict</source>
        <translation>Konflikt entscheiden</translation>
    </message>
    <message>
        <source>keep as a new %1</source>
        <translation>als neu behalten (%1)</translation>
    </message>
</context>
<context>
    <name>ui::ConflictModel</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>decide %Ln conflict(s)</source>
        <extracomment>A step to undo</extracomment>
        <translation>
            <numerusform>%Ln Konflikt entscheiden</numerusform>
            <numerusform>%Ln Konflikte entscheiden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A row and a field of it</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1: not decided</source>
        <translation>%1: nicht entschieden</translation>
    </message>
    <message>
        <source>%1: mine</source>
        <translation>%1: meins</translation>
    </message>
    <message>
        <source>%1: theirs</source>
        <translation>%1: das andere</translation>
    </message>
    <message>
        <source>%1: both</source>
        <translation>%1: beides</translation>
    </message>
</context>
<context>
    <name>ui::ConflictPanel</name>
    <message>
        <source>Apply (Enter)</source>
        <translation>Übernehmen (Eingabe)</translation>
    </message>
    <message>
        <source>Fields in conflict</source>
        <translation>Felder im Konflikt</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meins</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Das andere</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beides</translation>
    </message>
    <message>
        <source>Both edits together</source>
        <translation>Beide Änderungen zusammen</translation>
    </message>
    <message>
        <source>These two can&apos;t be put together. M takes mine, T theirs.</source>
        <translation>Diese beiden lassen sich nicht zusammenfügen. M nimmt meins, T das andere.</translation>
    </message>
    <message>
        <source>First decide: M takes mine, T theirs.</source>
        <translation>Entscheide zuerst: M nimmt meins, T das andere.</translation>
    </message>
    <message>
        <source>%1 was changed by another program while you were editing it.</source>
        <translation>%1: Ein anderes Programm hat dies geändert, während du daran gearbeitet hast.</translation>
    </message>
    <message>
        <source>%1 is marked for deletion, and another program has changed it since you saw it.</source>
        <translation>%1 ist zum Löschen vorgemerkt, und ein anderes Programm hat es geändert, seit du es gesehen hast.</translation>
    </message>
    <message>
        <source>%1 was deleted by another program while you were editing it.</source>
        <translation>%1: Ein anderes Programm hat dies gelöscht, während du daran gearbeitet hast.</translation>
    </message>
    <message>
        <source>%1 is gone from the database, and another %2 has its number %3 now.</source>
        <translation>%1 ist nicht mehr in der Datenbank, und die Nummer %3 hat jetzt ein anderer Eintrag (%2).</translation>
    </message>
    <message>
        <source>Only the beginning of %1 was read before.</source>
        <translation>Von %1 war vorher nur der Anfang gelesen worden.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) of other tables that belonged to it can&apos;t come back.</source>
        <translation>
            <numerusform>%Ln Zeile einer anderen Tabelle, die dazugehörte, kann nicht zurückkommen.</numerusform>
            <numerusform>%Ln Zeilen anderer Tabellen, die dazugehörten, können nicht zurückkommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>Mine (M)</source>
        <translation>Meins (M)</translation>
    </message>
    <message>
        <source>Theirs (T)</source>
        <translation>Das andere (T)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Delete it all the same (M)</source>
        <translation>Trotzdem löschen (M)</translation>
    </message>
    <message>
        <source>Keep it as it is now (T)</source>
        <translation>So behalten, wie es jetzt ist (T)</translation>
    </message>
    <message>
        <source>Keep mine as a new %1 (M)</source>
        <translation>Meins als neu behalten (M): %1</translation>
    </message>
    <message>
        <source>Let mine go (T)</source>
        <translation>Meins aufgeben (T)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln Konflikt</numerusform>
            <numerusform>%Ln Konflikte</numerusform>
        </translation>
    </message>
    <message>
        <source>Both (B)</source>
        <translation>Beides (B)</translation>
    </message>
    <message>
        <source>Apply and save (Enter)</source>
        <translation>Übernehmen und speichern (Eingabe)</translation>
    </message>
    <message>
        <source>M takes mine, T theirs, B both; Esc decides later.</source>
        <translation>M nimmt meins, T das andere, B beides; Esc entscheidet später.</translation>
    </message>
    <message>
        <source>M takes mine, T theirs; Esc decides later.</source>
        <translation>M nimmt meins, T das andere; Esc entscheidet später.</translation>
    </message>
    <message>
        <source>The two edits don&apos;t touch. Tab goes into the text to change it.</source>
        <translation>Die beiden Änderungen berühren sich nicht. Tab geht in den Text, um ihn zu ändern.</translation>
    </message>
    <message>
        <source>Tab goes into the text to put the two together.</source>
        <translation>Tab geht in den Text, um beide zusammenzufügen.</translation>
    </message>
    <message>
        <source>Enter applies it and saves.</source>
        <translation>Eingabe übernimmt und speichert.</translation>
    </message>
    <message>
        <source>Down goes to the next field.</source>
        <translation>Ab geht zum nächsten Feld.</translation>
    </message>
    <message>
        <source>%1 Mine: %2. Theirs: %3. %4</source>
        <translation>%1 Meins: %2. Das andere: %3. %4</translation>
    </message>
    <message>
        <source>R saves the other changes already.</source>
        <translation>R speichert schon die übrigen Änderungen.</translation>
    </message>
    <message>
        <source>%1 is gone from the database, and another %2 has its key %3 now.</source>
        <translation>%1 ist nicht mehr in der Datenbank, und den Schlüssel %3 hat jetzt ein anderer Eintrag (%2).</translation>
    </message>
</context>
<context>
    <name>ui::CopyController</name>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>There is a file %1 already, and it stays as it is.</source>
        <translation>Es gibt schon eine Datei %1, und sie bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>The copy %1 is written. What is not saved yet is not in it.</source>
        <translation>Die Kopie %1 ist geschrieben. Was noch nicht gespeichert ist, ist nicht darin.</translation>
    </message>
    <message>
        <source>The copy %1 is written.</source>
        <translation>Die Kopie %1 ist geschrieben.</translation>
    </message>
    <message>
        <source>Choose another &amp;name…</source>
        <translation>Anderen &amp;Namen wählen …</translation>
    </message>
    <message>
        <source>Copying… %1 % (Shift+Esc cancels)</source>
        <translation>Kopieren … %1 % (Umschalt+Esc bricht ab)</translation>
    </message>
    <message>
        <source>Nothing was copied.</source>
        <translation>Nichts wurde kopiert.</translation>
    </message>
</context>
<context>
    <name>ui::Counting</name>
    <message>
        <source>%1 %2</source>
        <extracomment>A number and what it counts: &quot;500 posts&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>A number of rows of a table: &quot;3 of comments&quot;</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>also deleted: %1</source>
        <translation>mit gelöscht: %1</translation>
    </message>
    <message>
        <source>unlinked: %1</source>
        <translation>gelöst: %1</translation>
    </message>
    <message>
        <source>no</source>
        <comment>nouns with capitals</comment>
        <extracomment>&quot;yes&quot; in a language whose nouns begin with a capital wherever they stand, such as German</extracomment>
        <translation>yes</translation>
    </message>
</context>
<context>
    <name>ui::DatabaseOpener</name>
    <message>
        <source>Opening %1 was cancelled.</source>
        <translation>Das Öffnen von %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 has no table named %2. Press Enter to create it; nothing else in it is touched.</source>
        <translation>%1 hat keine Tabelle namens %2. Eingabe legt sie an; sonst wird darin nichts angerührt.</translation>
    </message>
    <message>
        <source>%1 is empty. Press Enter to create the %2 table in it.</source>
        <translation>%1 ist leer. Eingabe legt darin die Tabelle %2 an.</translation>
    </message>
    <message>
        <source>The table %1 in %2 has no key, so its rows can&apos;t be told apart. Choose another file with Ctrl+O.</source>
        <translation>Die Tabelle %1 in %2 hat keinen Schlüssel, ihre Zeilen sind also nicht zu unterscheiden. Wähle mit Strg+O eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 is a folder. Choose a database in it.</source>
        <translation>%1 ist ein Ordner. Wähle eine Datenbank darin.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened: there is no folder %2. Choose another file.</source>
        <translation>%1 kann nicht geöffnet werden: Den Ordner %2 gibt es nicht. Wähle eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened: you may not enter the folder %2.</source>
        <translation>%1 kann nicht geöffnet werden: Du darfst den Ordner %2 nicht betreten.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be made: you may not write to the folder %2. Choose another one.</source>
        <translation>%1 kann nicht angelegt werden: Du darfst nicht in den Ordner %2 schreiben. Wähle einen anderen.</translation>
    </message>
    <message>
        <source>There is no %1 yet. Press Enter to create it.</source>
        <translation>%1 gibt es noch nicht. Eingabe legt es an.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened: you may not read it. Ask its owner, or change the file&apos;s permissions.</source>
        <translation>%1 kann nicht geöffnet werden: Du darfst es nicht lesen. Frage, wem es gehört, oder ändere die Rechte der Datei.</translation>
    </message>
</context>
<context>
    <name>ui::DiffView</name>
    <message>
        <source>removed: %1</source>
        <translation>entfernt: %1</translation>
    </message>
    <message>
        <source>added: %1</source>
        <translation>hinzugefügt: %1</translation>
    </message>
    <message>
        <source>A long text: what differs is shown, by lines where it is much.</source>
        <translation>Ein langer Text: Gezeigt wird, was sich unterscheidet, bei viel Unterschied zeilenweise.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A field, and what became of it</extracomment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>ui::EditController</name>
    <message>
        <source>%1 (copy)</source>
        <extracomment>The title of a copy</extracomment>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>duplicate %1</source>
        <translation>Verdoppeln (%1)</translation>
    </message>
    <message>
        <source>%1 marked for deletion</source>
        <translation>%1 zum Löschen vorgemerkt</translation>
    </message>
    <message>
        <source>%1 marked for deletion; %2</source>
        <translation>%1 zum Löschen vorgemerkt; %2</translation>
    </message>
    <message>
        <source>This text is too long for the list, so it opens in the editor.</source>
        <translation>Dieser Text ist zu lang für die Liste und öffnet sich deshalb im Editor.</translation>
    </message>
    <message>
        <source>%1 reverted to what is saved</source>
        <extracomment>What was done to &quot;3 posts&quot;</extracomment>
        <translation>%1 auf Gespeichertes zurückgesetzt</translation>
    </message>
    <message>
        <source>The changes of %1 discarded</source>
        <extracomment>What was done to &quot;3 posts&quot;</extracomment>
        <translation>Änderungen verworfen: %1</translation>
    </message>
    <message>
        <source>&amp;Undo typing in %1</source>
        <translation>Tippen &amp;rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Redo typing in %1</source>
        <translation>Tippen &amp;wiederherstellen: %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>&amp;Wiederherstellen: %1</translation>
    </message>
    <message>
        <source>At most %1 can be changed before they are saved. Save first, or select fewer.</source>
        <translation>Vor dem Speichern können höchstens %1 geändert werden. Speichere zuerst oder wähle weniger aus.</translation>
    </message>
    <message>
        <source>%1 duplicated</source>
        <translation>%1 verdoppelt</translation>
    </message>
    <message>
        <source>Duplicating…</source>
        <translation>Verdoppeln …</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>Löschen …</translation>
    </message>
</context>
<context>
    <name>ui::EditHistory</name>
    <message>
        <source>new %1</source>
        <translation>neu: %1</translation>
    </message>
    <message>
        <source>#%1</source>
        <translation>Nr. %1</translation>
    </message>
    <message>
        <source>Edit %1 of %2</source>
        <translation>%1 von %2 ändern</translation>
    </message>
    <message>
        <source>edit %1 of %2</source>
        <extracomment>After &quot;Undo&quot; and &quot;Redo&quot;</extracomment>
        <translation>%1 von %2 ändern</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>Neu: %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Revert %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>revert %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>Earlier version of %1</source>
        <translation>Frühere Fassung: %1</translation>
    </message>
    <message>
        <source>earlier version of %1</source>
        <extracomment>After &quot;Undo&quot; and &quot;Redo&quot;</extracomment>
        <translation>Frühere Fassung: %1</translation>
    </message>
    <message>
        <source>Bring back %1</source>
        <translation>Zurückholen: %1</translation>
    </message>
    <message>
        <source>bring back %1</source>
        <translation>Zurückholen: %1</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Undoing…</source>
        <translation>Rückgängig machen …</translation>
    </message>
    <message>
        <source>Redoing…</source>
        <translation>Wiederholen …</translation>
    </message>
</context>
<context>
    <name>ui::ErrorText</name>
    <message>
        <source>Another program is still writing to %1. Try again in a moment.</source>
        <translation>Ein anderes Programm schreibt noch in %1. Versuche es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <translation>Abgebrochen. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing was written. Make room, then try again.</source>
        <translation>Der Datenträger ist voll, also wurde nichts geschrieben. Schaffe Platz und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>%1 can only be read, so nothing was written.</source>
        <translation>%1 kann nur gelesen werden, also wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened. Check that it is there and that you may read it.</source>
        <translation>%1 kann nicht geöffnet werden. Prüfe, ob es da ist und ob du es lesen darfst.</translation>
    </message>
    <message>
        <source>%1 is not a database. Choose another file with Ctrl+O.</source>
        <translation>%1 ist keine Datenbank. Wähle mit Strg+O eine andere Datei.</translation>
    </message>
    <message>
        <source>%1 is damaged, so some of it can&apos;t be read. Restore it from a copy.</source>
        <translation>%1 ist beschädigt und teilweise nicht lesbar. Stelle es aus einer Kopie wieder her.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read or written just now. Check its disk, then try again.</source>
        <translation>%1 kann gerade nicht gelesen oder geschrieben werden. Prüfe den Datenträger und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>The connection to %1 was lost. Check the network, then try again.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen. Prüfe das Netz und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>%1 could not do that: %2.</source>
        <translation>%1 konnte das nicht tun: %2.</translation>
    </message>
    <message>
        <source>%1 refused a value, so nothing was written: %2</source>
        <translation>%1 hat einen Wert abgelehnt, also wurde nichts geschrieben: %2</translation>
    </message>
    <message>
        <source>Another program has changed this in the meantime, so nothing was written. Press F5 to see it as it is now.</source>
        <translation>Ein anderes Programm hat dies inzwischen geändert, also wurde nichts geschrieben. F5 zeigt, wie es jetzt ist.</translation>
    </message>
    <message>
        <source>%1 is not built as expected: %2</source>
        <translation>%1 ist nicht so aufgebaut wie erwartet: %2</translation>
    </message>
    <message>
        <source>Something went wrong with %1: %2</source>
        <translation>Mit %1 ist etwas schiefgegangen: %2</translation>
    </message>
</context>
<context>
    <name>ui::FieldEditor</name>
    <message>
        <source>Set to NULL</source>
        <translation>Auf NULL setzen</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
</context>
<context>
    <name>ui::FieldRow</name>
    <message>
        <source>%1 of at most %2 characters</source>
        <translation>%1 von höchstens %2 Zeichen</translation>
    </message>
</context>
<context>
    <name>ui::FieldText</name>
    <message>
        <source>This value is binary (%1 bytes). It is kept as it is.</source>
        <translation>Dieser Wert ist binär (%1 Byte). Er bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>This text is not valid UTF-8 (%1 bytes). It is kept as it is.</source>
        <translation>Dieser Text ist kein gültiges UTF-8 (%1 Byte). Er bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>This value is the text “%1”, not a number. It is kept as it is.</source>
        <translation>Dieser Wert ist der Text „%1“, keine Zahl. Er bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>This value is text in a binary column (%1 bytes). It is kept as it is.</source>
        <translation>Dieser Wert ist Text in einer binären Spalte (%1 Byte). Er bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>This value is the number %1, not a date. It is kept as it is.</source>
        <translation>Dieser Wert ist die Zahl %1, kein Datum. Er bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>This value is the number %1, not text. It is kept as it is.</source>
        <translation>Dieser Wert ist die Zahl %1, kein Text. Er bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>This value is %1, not a whole number. It is kept as it is.</source>
        <translation>Dieser Wert ist %1, keine ganze Zahl. Er bleibt, wie er ist.</translation>
    </message>
</context>
<context>
    <name>ui::FileController</name>
    <message>
        <source>%1 is no longer there: it was moved or deleted. What you see, and your changes, are kept here.</source>
        <translation>%1 ist nicht mehr da: verschoben oder gelöscht. Was du siehst und deine Änderungen bleiben hier erhalten.</translation>
    </message>
    <message>
        <source>Another file has taken the place of %1. What you see is of the old one; your changes are kept here.</source>
        <translation>Eine andere Datei ist an die Stelle von %1 getreten. Was du siehst, ist von der alten; deine Änderungen bleiben hier erhalten.</translation>
    </message>
    <message>
        <source>Nothing was saved: %1 is no longer there, it was moved or deleted. Your changes are kept here.</source>
        <translation>Nichts wurde gespeichert: %1 ist nicht mehr da, verschoben oder gelöscht. Deine Änderungen bleiben hier erhalten.</translation>
    </message>
    <message>
        <source>Nothing was saved: another file has taken the place of %1. Your changes are kept here.</source>
        <translation>Nichts wurde gespeichert: Eine andere Datei ist an die Stelle von %1 getreten. Deine Änderungen bleiben hier erhalten.</translation>
    </message>
    <message>
        <source>Open the ne&amp;w one</source>
        <translation>Die &amp;neue öffnen</translation>
    </message>
    <message>
        <source>Save a cop&amp;y…</source>
        <translation>&amp;Kopie speichern …</translation>
    </message>
    <message>
        <source>Save a copy with your changes</source>
        <translation>Kopie mit deinen Änderungen speichern</translation>
    </message>
    <message>
        <source>Choose another &amp;name…</source>
        <translation>Anderen Na&amp;men wählen …</translation>
    </message>
    <message>
        <source>There is a file %1 already, and it stays as it is.</source>
        <translation>Eine Datei %1 gibt es schon, und sie bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>%1 was written, but some changes could not be saved in it. They are still here.</source>
        <translation>%1 wurde geschrieben, aber manche Änderungen konnten darin nicht gespeichert werden. Sie sind noch hier.</translation>
    </message>
</context>
<context>
    <name>ui::FilterController</name>
    <message>
        <source>Filter: %1</source>
        <translation>Filter: %1</translation>
    </message>
    <message>
        <source>2024-02-28, 2024-02 or 2024; &lt;2024 is before, &gt;2024 after. Empty: all.</source>
        <translation>2024-02-28, 2024-02 oder 2024; &lt;2024 ist davor, &gt;2024 danach. Leer: alle.</translation>
    </message>
    <message>
        <source>400, or 400-420. Empty: all.</source>
        <translation>400 oder 400-420. Leer: alle.</translation>
    </message>
    <message>
        <source>A part of it; a|b is one of two, -a without it. Empty: all.</source>
        <translation>Ein Teil davon; a|b ist eines von beiden, -a ohne dies. Leer: alle.</translation>
    </message>
</context>
<context>
    <name>ui::FindBar</name>
    <message>
        <source>Match case</source>
        <translation>Groß/klein beachten</translation>
    </message>
    <message>
        <source>Rege&amp;x</source>
        <translation>Re&amp;gex</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace all &amp;matches</source>
        <translation>A&amp;lle Treffer ersetzen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>A regular expression; the replacement may have its groups: $1</source>
        <translation>Ein regulärer Ausdruck; im Ersatz dürfen seine Gruppen stehen: $1</translation>
    </message>
    <message>
        <source>Find in %1</source>
        <extracomment>In front of the line that is searched for; a field&apos;s name, such as Body</extracomment>
        <translation>Finden in %1</translation>
    </message>
    <message>
        <source>This text can only be read</source>
        <translation>Dieser Text kann nur gelesen werden</translation>
    </message>
</context>
<context>
    <name>ui::FindController</name>
    <message>
        <source>%1+</source>
        <extracomment>A number that is still being counted: &quot;500+&quot;</extracomment>
        <translation>%1+</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>&quot;15 of 500 posts&quot;</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 %2 found</source>
        <translation>%1 %2 gefunden</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Zählen …</translation>
    </message>
    <message>
        <source>Sorting…</source>
        <translation>Sortieren …</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <extracomment>What is going on, and how far it is: &quot;Searching… 61 %&quot;</extracomment>
        <translation>%1 %2 %</translation>
    </message>
    <message>
        <source>%1 (Shift+Esc cancels)</source>
        <translation>%1 (Umschalt+Esc bricht ab)</translation>
    </message>
    <message>
        <source>Looking for “%1”… (Shift+Esc cancels)</source>
        <translation>Suche nach „%1“ … (Umschalt+Esc bricht ab)</translation>
    </message>
</context>
<context>
    <name>ui::Formula</name>
    <message>
        <source>There is no {%1}. There are %2 and {n}, which counts; {{ is a brace.</source>
        <translation>Es gibt kein {%1}. Es gibt %2 und {n}, das zählt; {{ ist eine Klammer.</translation>
    </message>
</context>
<context>
    <name>ui::GoToController</name>
    <message>
        <source>A number, #row, a day like 2024-01-05, or letters of a title of %1</source>
        <translation>Eine Nummer, #Zeile, ein Tag wie 2024-01-05 oder Buchstaben eines Titels (%1)</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>The %1 are still being counted.</source>
        <translation>Es wird noch gezählt (%1).</translation>
    </message>
    <message>
        <source>There is no such %1. Try a number, a day or fewer letters.</source>
        <translation>Das gibt es nicht (%1). Versuche es mit einer Nummer, einem Tag oder weniger Buchstaben.</translation>
    </message>
</context>
<context>
    <name>ui::GoToPopup</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
</context>
<context>
    <name>ui::HelpController</name>
    <message>
        <source>In the list</source>
        <translation>In der Liste</translation>
    </message>
    <message>
        <source>In the editor</source>
        <translation>Im Editor</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>ui::HelpWindow</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Search the manual (Ctrl+F)</source>
        <translation>Im Handbuch suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>The keys that work here</source>
        <translation>Die Tasten, die hier wirken</translation>
    </message>
    <message>
        <source>Postdesk: the manual</source>
        <translation>Postdesk: das Handbuch</translation>
    </message>
    <message>
        <source>Manual: %1</source>
        <translation>Handbuch: %1</translation>
    </message>
    <message>
        <source>%1 — Manual</source>
        <extracomment>The title of the manual&apos;s window: the chapter</extracomment>
        <translation>%1 — Handbuch</translation>
    </message>
    <message>
        <source>Not in the manual</source>
        <translation>Nicht im Handbuch</translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln Stelle</numerusform>
            <numerusform>%Ln Stellen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HistoryController</name>
    <message>
        <source>the new %1</source>
        <translation>neu (%1)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>&quot;post 499&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 is back, to be saved.</source>
        <translation>%1 ist zurück und zu speichern.</translation>
    </message>
    <message>
        <source>It is marked for deletion. Take that back first, with Ctrl+F5.</source>
        <translation>Es ist zum Löschen vorgemerkt. Nimm das zuerst mit Strg+F5 zurück.</translation>
    </message>
    <message>
        <source>The earlier version is back, to be saved.</source>
        <translation>Die frühere Fassung ist zurück und zu speichern.</translation>
    </message>
    <message>
        <source>This is how it is now.</source>
        <translation>So ist es jetzt.</translation>
    </message>
</context>
<context>
    <name>ui::HistoryModel</name>
    <message>
        <source>before</source>
        <translation>davor</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>Geändert: %1</translation>
    </message>
    <message>
        <source>As it was before that</source>
        <translation>Wie es davor war</translation>
    </message>
    <message>
        <source>Without a title</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>#%1  %2</source>
        <extracomment>A deleted row: its number and its title</extracomment>
        <translation>Nr. %1  %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
</context>
<context>
    <name>ui::HistoryPanel</name>
    <message>
        <source>No save of it is known yet. From the next one on, what it was before is kept here.</source>
        <translation>Noch ist kein Speichern davon bekannt. Vom nächsten an wird hier aufgehoben, wie es vorher war.</translation>
    </message>
    <message>
        <source>Earlier versions</source>
        <translation>Frühere Fassungen</translation>
    </message>
    <message>
        <source>What is different from now</source>
        <translation>Was anders ist als jetzt</translation>
    </message>
    <message>
        <source>Struck out: as it is now. Underlined: as it was. Enter: bring this version back, to be saved or undone · Esc: close</source>
        <translation>Durchgestrichen: wie es jetzt ist. Unterstrichen: wie es war. Eingabe: diese Fassung zurückholen, zum Speichern oder Rückgängigmachen · Esc: schließen</translation>
    </message>
    <message>
        <source>History of %1</source>
        <extracomment>Of one row: “Five hundred”</extracomment>
        <translation>Verlauf von %1</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>Gelöschte %1</translation>
    </message>
    <message>
        <source>What was deleted</source>
        <translation>Was gelöscht wurde</translation>
    </message>
    <message>
        <source>Deleted %1 are kept for 30 days on this computer. Enter: bring it back under its own number, to be saved or undone · Esc: close</source>
        <translation>Gelöschte %1 werden auf diesem Rechner 30 Tage aufgehoben. Eingabe: unter eigener Nummer zurückholen, zum Speichern oder Rückgängigmachen · Esc: schließen</translation>
    </message>
    <message>
        <source>%1 deleted</source>
        <translation>%1 gelöscht</translation>
    </message>
    <message>
        <source>This is how it is now.</source>
        <translation>So ist es jetzt.</translation>
    </message>
    <message>
        <source>Nothing was deleted from here in the last 30 days. What you delete and save from now on can be brought back here.</source>
        <translation>In den letzten 30 Tagen wurde hier nichts gelöscht. Was du von jetzt an löschst und speicherst, lässt sich hier zurückholen.</translation>
    </message>
</context>
<context>
    <name>ui::IndexPanel</name>
    <message>
        <source>Removed, it leaves nothing behind: the file keeps its size and uses the space again.</source>
        <translation>Entfernt hinterlässt er nichts: Die Datei behält ihre Größe und nutzt den Platz wieder.</translation>
    </message>
    <message>
        <source>some disk space</source>
        <translation>etwas Speicherplatz</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>S&amp;chließen</translation>
    </message>
</context>
<context>
    <name>ui::Journal</name>
    <message>
        <source>The edits of last time can&apos;t be read from %1 (%2).</source>
        <translation>Die Änderungen vom letzten Mal können nicht aus %1 gelesen werden (%2).</translation>
    </message>
    <message>
        <source>The disk is full, so what you type can&apos;t be kept safe in %1 until it is saved. Make room, or save now.</source>
        <translation>Der Datenträger ist voll, also kann Getipptes bis zum Speichern nicht in %1 gesichert werden. Schaffe Platz oder speichere jetzt.</translation>
    </message>
    <message>
        <source>What you type can&apos;t be kept safe until it is saved: %1 may not be written.</source>
        <translation>Getipptes kann bis zum Speichern nicht gesichert werden: %1 darf nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>What you type can&apos;t be kept safe until it is saved: writing to %1 failed (%2).</source>
        <translation>Getipptes kann bis zum Speichern nicht gesichert werden: Schreiben in %1 ist gescheitert (%2).</translation>
    </message>
</context>
<context>
    <name>ui::KeyListModel</name>
    <message>
        <source>Had no key of its own</source>
        <translation>Hatte keine eigene Taste</translation>
    </message>
    <message>
        <source>Was %1</source>
        <translation>War %1</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>%1 (needs AltGr)</source>
        <translation>%1 (braucht AltGr)</translation>
    </message>
    <message>
        <source>%1 (not on this keyboard)</source>
        <translation>%1 (nicht auf dieser Tastatur)</translation>
    </message>
</context>
<context>
    <name>ui::KeysDialog</name>
    <message>
        <source>&amp;Change key</source>
        <translation>Taste &amp;ändern</translation>
    </message>
    <message>
        <source>&amp;No key</source>
        <translation>&amp;Keine Taste</translation>
    </message>
    <message>
        <source>&amp;As it was</source>
        <translation>&amp;Wie zuvor</translation>
    </message>
    <message>
        <source>Keyboard map</source>
        <translation>Tastenbelegung</translation>
    </message>
    <message>
        <source>Letters of a command, or a key such as Ctrl+D</source>
        <translation>Buchstaben eines Befehls oder eine Taste wie Strg+D</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>The key that this command had at first</source>
        <translation>Die Taste, die dieser Befehl zuerst hatte</translation>
    </message>
    <message>
        <source>Enter changes the key.</source>
        <translation>Eingabe ändert die Taste.</translation>
    </message>
    <message>
        <source>Press the new key for “%1”. Esc leaves it as it is.</source>
        <translation>Drücke die neue Taste für „%1“. Esc lässt alles, wie es ist.</translation>
    </message>
    <message>
        <source>%1 is the key of “%2”. Enter takes it from there, Esc leaves it.</source>
        <translation>%1 ist die Taste von „%2“. Eingabe nimmt sie dort weg, Esc lässt sie.</translation>
    </message>
    <message>
        <source>%1 leads to “%2” in the window. Press another key, or Esc.</source>
        <translation>%1 führt zu „%2“ im Fenster. Drücke eine andere Taste oder Esc.</translation>
    </message>
    <message>
        <source>%1 alone is for typing. Press it with Ctrl or Alt, or Esc.</source>
        <translation>%1 allein ist zum Schreiben da. Drücke sie mit Strg oder Alt, oder Esc.</translation>
    </message>
    <message>
        <source>%1 alone is for moving about. Press it with Ctrl or Alt, or Esc.</source>
        <translation>%1 allein ist zum Umhergehen da. Drücke sie mit Strg oder Alt, oder Esc.</translation>
    </message>
    <message>
        <source>No command has these letters or this key. Try fewer of them.</source>
        <translation>Kein Befehl hat diese Buchstaben oder diese Taste. Versuche es mit weniger.</translation>
    </message>
</context>
<context>
    <name>ui::LivePreview</name>
    <message>
        <source>No preview and no colours: the text is very long.</source>
        <translation>Keine Vorschau und keine Farben: Der Text ist sehr lang.</translation>
    </message>
    <message>
        <source>No preview and no colours: a paragraph is very long.</source>
        <translation>Keine Vorschau und keine Farben: Ein Absatz ist sehr lang.</translation>
    </message>
    <message>
        <source>No preview: a paragraph is very long.</source>
        <translation>Keine Vorschau: Ein Absatz ist sehr lang.</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln Änderung</numerusform>
            <numerusform>%Ln Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>At most %1 can be changed before they are saved. Save first, or select fewer.</source>
        <translation>Vor dem Speichern können höchstens %1 geändert werden. Speichere zuerst oder wähle weniger aus.</translation>
    </message>
    <message>
        <source>No %1 yet. Press Ctrl+N to write the first one.</source>
        <translation>Noch keine %1. Strg+N beginnt den Anfang.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>%1 can only be read, so nothing can be changed here.</source>
        <translation>%1 kann nur gelesen werden, also ist hier nichts zu ändern.</translation>
    </message>
    <message>
        <source>The rows of %1 can&apos;t be told apart by a key, so they can only be read.</source>
        <translation>Die Zeilen von %1 sind durch keinen Schlüssel zu unterscheiden und können deshalb nur gelesen werden.</translation>
    </message>
    <message>
        <source>The table %1 has no %2; the rest is shown.</source>
        <translation>Die Tabelle %1 hat kein Feld %2; das Übrige wird gezeigt.</translation>
    </message>
    <message>
        <source>Of another type than usual, and shown as it is stored: %1.</source>
        <translation>Von anderem Typ als üblich und so gezeigt, wie es gespeichert ist: %1.</translation>
    </message>
    <message>
        <source>Further columns are shown, too: %1.</source>
        <translation>Weitere Spalten werden auch gezeigt: %1.</translation>
    </message>
    <message>
        <source>%1 — Postdesk</source>
        <extracomment>The window&apos;s title: the database and the program</extracomment>
        <translation>%1 — Postdesk</translation>
    </message>
    <message>
        <source>Postdesk</source>
        <translation>Postdesk</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Nur lesen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln Konflikt</numerusform>
            <numerusform>%Ln Konflikte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s)</source>
        <translation>
            <numerusform>%Ln Problem</numerusform>
            <numerusform>%Ln Probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Waiting for another program to finish writing… Shift+Esc cancels</source>
        <translation>Warten, bis ein anderes Programm fertig geschrieben hat … Umschalt+Esc bricht ab</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>%1 changed outside</source>
        <translation>%1 außen geändert</translation>
    </message>
    <message>
        <source>changed outside</source>
        <translation>außen geändert</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>Es läuft nichts</translation>
    </message>
    <message>
        <source>No database was open before</source>
        <translation>Noch keine Datenbank war geöffnet</translation>
    </message>
    <message>
        <source>Cancelled. Everything is as it was before.</source>
        <translation>Abgebrochen. Alles ist, wie es vorher war.</translation>
    </message>
    <message>
        <source>%1 is a view, so its rows can only be read.</source>
        <translation>%1 ist eine Sicht, ihre Zeilen lassen sich nur lesen.</translation>
    </message>
    <message>
        <source>No %1 in here, and it can only be read. Ctrl+O opens another.</source>
        <translation>Hier sind keine %1, und sie lässt sich nur lesen. Strg+O öffnet eine andere.</translation>
    </message>
</context>
<context>
    <name>ui::Manual</name>
    <message>
        <source>en</source>
        <extracomment>The folder of resources/manual that has the manual in this language</extracomment>
        <translation>de</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
</context>
<context>
    <name>ui::MessageBar</name>
    <message>
        <source>Close this message (Esc)</source>
        <translation>Diese Meldung schließen (Esc)</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>ui::OpenController</name>
    <message>
        <source>“%1” names no database. It can be a file, such as blog.db, or a URL, such as sqlite:///blog.db.</source>
        <translation>„%1“ benennt keine Datenbank. Es kann eine Datei sein wie blog.db oder eine URL wie sqlite:///blog.db.</translation>
    </message>
    <message>
        <source>Databases of the kind “%1” can&apos;t be opened yet, only SQLite files can.</source>
        <translation>Datenbanken der Art „%1“ können noch nicht geöffnet werden, nur SQLite-Dateien.</translation>
    </message>
    <message>
        <source>%1 is open in another window, which is in front now.</source>
        <translation>%1 ist in einem anderen Fenster geöffnet, das jetzt vorn ist.</translation>
    </message>
    <message>
        <source>SQLite databases (*.db *.sqlite *.sqlite3 *.db3)</source>
        <translation>SQLite-Datenbanken (*.db *.sqlite *.sqlite3 *.db3)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open database</source>
        <translation>Datenbank öffnen</translation>
    </message>
    <message>
        <source>New database</source>
        <translation>Neue Datenbank</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>There is a file %1 already, and it stays as it is. Press Enter to open it.</source>
        <translation>Eine Datei %1 gibt es schon, und sie bleibt, wie sie ist. Eingabe öffnet sie.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Choose another name</source>
        <translation>Anderen Namen wählen</translation>
    </message>
    <message>
        <source>%1 is open in another window, which does not answer, so here it can only be read.</source>
        <translation>%1 ist in einem anderen Fenster geöffnet, das nicht antwortet; hier kann es deshalb nur gelesen werden.</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Noch &amp;einmal versuchen</translation>
    </message>
    <message>
        <source>Open a database…</source>
        <translation>Datenbank öffnen …</translation>
    </message>
    <message>
        <source>%1 has no table named %2, and it can only be read.</source>
        <translation>%1 hat keine Tabelle namens %2 und kann nur gelesen werden.</translation>
    </message>
    <message>
        <source>Create it</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Create the %1 table</source>
        <translation>Tabelle %1 anlegen</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>Andere öffnen …</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Andere …</translation>
    </message>
    <message>
        <source>%1 is a folder, and there is no database in it.</source>
        <translation>%1 ist ein Ordner, und darin ist keine Datenbank.</translation>
    </message>
    <message>
        <source>%1 is a folder with %2 databases. Which one is to be opened?</source>
        <translation>%1 ist ein Ordner mit %2 Datenbanken. Welche soll geöffnet werden?</translation>
    </message>
    <message>
        <source>A new database can&apos;t be made for the table %1. Start Postdesk without --table to make one.</source>
        <translation>Für die Tabelle %1 lässt sich keine neue Datenbank anlegen. Ohne --table gestartet, legt Postdesk eine an.</translation>
    </message>
    <message>
        <source>%1 has no table named %2.</source>
        <translation>%1 hat keine Tabelle namens %2.</translation>
    </message>
</context>
<context>
    <name>ui::OrderIndexController</name>
    <message>
        <source>newest first</source>
        <translation>neueste zuerst</translation>
    </message>
    <message>
        <source>Make it a&amp;gain…</source>
        <translation>Wieder &amp;anlegen…</translation>
    </message>
    <message>
        <source>Another program removed the index of %1 for the order by %2, or rebuilt the table without it. The order is right, but has to be sorted each time.</source>
        <translation>Ein anderes Programm hat den Index von %1 für die Ordnung nach %2 entfernt oder die Tabelle ohne ihn neu gebaut. Die Ordnung stimmt, muss aber jedes Mal sortiert werden.</translation>
    </message>
    <message>
        <source>The order by %1 is instant now</source>
        <translation>Die Ordnung nach %1 ist jetzt sofort da</translation>
    </message>
    <message>
        <source>The index of the order was removed</source>
        <translation>Der Index der Ordnung ist entfernt</translation>
    </message>
    <message>
        <source>Removing the index… (Shift+Esc stops)</source>
        <translation>Der Index wird entfernt… (Umschalt+Esc hält an)</translation>
    </message>
    <message>
        <source>Making this order instant… %1 % (Shift+Esc stops)</source>
        <translation>Index dieser Ordnung wird angelegt… %1 % (Umschalt+Esc hält an)</translation>
    </message>
</context>
<context>
    <name>ui::OrderIndexPanel</name>
    <message>
        <source>This order can&apos;t be made instant</source>
        <translation>Diese Ordnung kann nicht sofort da sein</translation>
    </message>
    <message>
        <source>Such an index is made in SQLite databases only.</source>
        <translation>Einen solchen Index gibt es nur in SQLite-Datenbanken.</translation>
    </message>
    <message>
        <source>It shows a view, and only a table can have an index.</source>
        <translation>Gezeigt wird eine Sicht, und einen Index kann nur eine Tabelle haben.</translation>
    </message>
    <message>
        <source>some time</source>
        <translation>einige Zeit</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln second(s)</source>
        <translation>
            <numerusform>etwa %Ln Sekunde</numerusform>
            <numerusform>etwa %Ln Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s)</source>
        <translation>
            <numerusform>etwa %Ln Minute</numerusform>
            <numerusform>etwa %Ln Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>SQLite keeps the index true whoever writes. Each of the %1 that is written takes a little longer for that, also in other programs: mostly less than a tenth of a millisecond.</source>
        <translation>SQLite hält den Index richtig, wer auch schreibt. Jedes Schreiben (%1) dauert dafür etwas länger, auch in anderen Programmen: meist weniger als eine Zehntel Millisekunde.</translation>
    </message>
    <message>
        <source>A migration that rebuilds the table may lose the index; the order is then sorted as before, and you are told so.</source>
        <translation>Eine Migration, die die Tabelle neu baut, kann den Index verlieren; dann wird wieder wie vorher sortiert, und es wird gesagt.</translation>
    </message>
    <message>
        <source>Make this order instant: %1</source>
        <translation>Diese Ordnung sofort zeigen: %1</translation>
    </message>
    <message>
        <source>In this order all %1 are read and sorted each time. With an index in the database the first ones are there at once, upwards and downwards, however many %1 there are.</source>
        <translation>In dieser Ordnung werden jedes Mal alle Zeilen (%1) gelesen und sortiert. Mit einem Index in der Datenbank sind die ersten sofort da, aufwärts und abwärts, wie groß die Menge (%1) auch ist.</translation>
    </message>
    <message>
        <source>It takes %1 in %2 and %3 to make, longer where the file is not in memory. SQLite lets nobody else write while an index is made: other programs wait so long, and those that don&apos;t wait get “database is locked”. Shift+Esc stops it at any time and leaves nothing behind.</source>
        <translation>Er braucht %1 in %2 und %3, um angelegt zu werden, länger, wo die Datei nicht im Speicher ist. Währenddessen lässt SQLite sonst niemanden schreiben: Andere Programme warten so lange, und die nicht warten, bekommen „database is locked“. Umschalt+Esc hält jederzeit an und hinterlässt nichts.</translation>
    </message>
    <message>
        <source>Make &amp;it instant</source>
        <translation>&amp;Index anlegen</translation>
    </message>
    <message>
        <source>This order is instant: %1</source>
        <translation>Diese Ordnung ist sofort da: %1</translation>
    </message>
    <message>
        <source>An index that was made here gives it, in %1.</source>
        <translation>Das macht ein Index, der hier angelegt wurde, in %1.</translation>
    </message>
    <message>
        <source>&amp;Remove the index</source>
        <translation>Index &amp;entfernen</translation>
    </message>
    <message>
        <source>The key, or an index that the database has of its own, gives it. There is nothing to be made, and nothing to be removed.</source>
        <translation>Das macht der Schlüssel oder ein Index, den die Datenbank schon hat. Hier ist nichts anzulegen und nichts zu entfernen.</translation>
    </message>
    <message>
        <source>Indexes made here for orders of %1: %2. To remove one, sort by it first.</source>
        <translation>Hier angelegte Indizes für Ordnungen (%1): %2. Um einen zu entfernen, erst danach sortieren.</translation>
    </message>
</context>
<context>
    <name>ui::PeekController</name>
    <message>
        <source>new, not saved</source>
        <translation>neu, nicht gespeichert</translation>
    </message>
    <message>
        <source>(no title)</source>
        <translation>(kein Titel)</translation>
    </message>
    <message>
        <source>empty (NULL)</source>
        <translation>leer (NULL)</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>text, %1 characters in %2 bytes</source>
        <translation>Text, %1 Zeichen in %2 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Byte</translation>
    </message>
    <message>
        <source>Row %1 of %2</source>
        <translation>Zeile %1 von %2</translation>
    </message>
    <message>
        <source>changed, not saved; stored is %1</source>
        <translation>geändert, nicht gespeichert; gespeichert ist %1</translation>
    </message>
</context>
<context>
    <name>ui::PeekPopup</name>
    <message>
        <source>Up, Down: others · PgUp, PgDn: scroll · Enter: open · Space: close</source>
        <translation>Auf, Ab: andere · Bild auf, Bild ab: blättern · Eingabe: öffnen · Leertaste: schließen</translation>
    </message>
</context>
<context>
    <name>ui::PreferencesDialog</name>
    <message>
        <source>Single-key list &amp;navigation, as in vi</source>
        <translation>Einzel&amp;ne Tasten in der Liste, wie in vi</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source> %</source>
        <extracomment>behind a number</extracomment>
        <translation> %</translation>
    </message>
    <message>
        <source>&amp;Keyboard map…</source>
        <translation>&amp;Tastenbelegung …</translation>
    </message>
    <message>
        <source>In the list only: j k gg G move, / searches, n N go to hits, i opens, o begins a new one, dd deletes, yy p copy and paste, u undoes, x selects, zz centres, : lists commands, ZZ saves and quits. Letters then no longer find titles.</source>
        <translation>Nur in der Liste: j k gg G bewegen, / sucht, n N gehen zu Treffern, i öffnet, o beginnt neu, dd löscht, yy p kopieren und fügen ein, u macht rückgängig, x wählt aus, zz zentriert, : listet Befehle, ZZ speichert und beendet. Buchstaben finden dann keine Titel mehr.</translation>
    </message>
    <message>
        <source>&amp;Text size:</source>
        <translation>&amp;Schriftgröße:</translation>
    </message>
    <message>
        <source>What you set here holds at once. Esc closes.</source>
        <translation>Was du hier einstellst, gilt sofort. Esc schließt.</translation>
    </message>
</context>
<context>
    <name>ui::Preview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>[Picture]</source>
        <extracomment>Stands for a picture, which isn&apos;t loaded; %1 is its description</extracomment>
        <translation>[Bild]</translation>
    </message>
    <message>
        <source>[Picture: %1]</source>
        <translation>[Bild: %1]</translation>
    </message>
    <message>
        <source>What you write is shown here as it will be read.</source>
        <translation>Was du schreibst, steht hier so, wie es gelesen wird.</translation>
    </message>
</context>
<context>
    <name>ui::ProblemGuide</name>
    <message numerus="yes">
        <source>%Ln more can&apos;t be saved, either; F8 goes on to the next.</source>
        <translation>
            <numerusform>Eine weitere kann auch nicht gespeichert werden; F8 geht zur nächsten.</numerusform>
            <numerusform>%Ln weitere können auch nicht gespeichert werden; F8 geht zur nächsten.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Keep it</source>
        <translation>&amp;Behalten</translation>
    </message>
</context>
<context>
    <name>ui::ProblemText</name>
    <message>
        <source>This is neither yes nor no. Correct it to save.</source>
        <translation>Das ist weder ja noch nein. Berichtige es, um zu speichern.</translation>
    </message>
    <message>
        <source>This is not a whole number. Correct it to save.</source>
        <translation>Das ist keine ganze Zahl. Berichtige es, um zu speichern.</translation>
    </message>
    <message>
        <source>This is not a number. Correct it to save.</source>
        <translation>Das ist keine Zahl. Berichtige es, um zu speichern.</translation>
    </message>
    <message>
        <source>This is not a date such as 2024-01-21. Correct it to save.</source>
        <translation>Das ist kein Datum wie 2024-01-21. Berichtige es, um zu speichern.</translation>
    </message>
    <message>
        <source>This is not a time such as 19:00:00. Correct it to save.</source>
        <translation>Das ist keine Uhrzeit wie 19:00:00. Berichtige es, um zu speichern.</translation>
    </message>
    <message>
        <source>This is not a date and time such as 2024-01-21 19:00:00. Correct it to save.</source>
        <translation>Das ist kein Zeitpunkt wie 2024-01-21 19:00:00. Berichtige es, um zu speichern.</translation>
    </message>
    <message>
        <source>This is none of the choices. Choose one to save.</source>
        <translation>Das gehört nicht zur Auswahl. Wähle etwas aus, um zu speichern.</translation>
    </message>
    <message>
        <source>The %1 can&apos;t take this value. Correct it to save.</source>
        <translation>Das Feld %1 kann diesen Wert nicht aufnehmen. Berichtige es, um zu speichern.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved: %2 must not be empty.</source>
        <translation>%1 kann nicht gespeichert werden: %2 darf nicht leer sein.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved: another %2 has the same %3.</source>
        <translation>%1 kann nicht gespeichert werden: Ein anderer Eintrag (%2) hat dasselbe Feld %3.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved: it refers to something that isn&apos;t there, or something else still refers to it.</source>
        <translation>%1 kann nicht gespeichert werden: Es verweist auf etwas, das nicht da ist, oder etwas anderes verweist noch darauf.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved. The database says: %2</source>
        <translation>%1 kann nicht gespeichert werden. Die Datenbank sagt: %2</translation>
    </message>
    <message>
        <source>The %1 must not be empty. Fill it in to save.</source>
        <translation>%1 darf nicht leer sein. Fülle es aus, um zu speichern.</translation>
    </message>
    <message>
        <source>The %1 has %2 characters; %3 is the most that fits. Shorten it to save.</source>
        <translation>%1 hat %2 Zeichen; höchstens %3 passen. Kürze es, um zu speichern.</translation>
    </message>
    <message>
        <source>There is half a character in the %1 that can&apos;t be stored. Delete it to save.</source>
        <translation>In %1 steht ein halbes Zeichen, das nicht gespeichert werden kann. Lösche es, um zu speichern.</translation>
    </message>
    <message>
        <source>Another program has changed the %1, too.</source>
        <translation>Ein anderes Programm hat %1 auch geändert.</translation>
    </message>
    <message>
        <source>This %1 is taken. Choose another one to save.</source>
        <translation>%1: Dieser Wert ist vergeben. Wähle einen anderen, um zu speichern.</translation>
    </message>
    <message>
        <source>The database refuses this %1: %2</source>
        <translation>%1: Die Datenbank lehnt diesen Wert ab: %2</translation>
    </message>
    <message>
        <source>%1 was changed by another program while you were editing it.</source>
        <translation>%1: Ein anderes Programm hat dies geändert, während du daran gearbeitet hast.</translation>
    </message>
    <message>
        <source>%1 was deleted by another program while you were editing it.</source>
        <translation>%1: Ein anderes Programm hat dies gelöscht, während du daran gearbeitet hast.</translation>
    </message>
    <message>
        <source>%1 can&apos;t come back under its old number: another %2 has it now.</source>
        <translation>%1 kann nicht unter der alten Nummer zurückkommen: Ein anderer Eintrag (%2) hat sie jetzt.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved yet. %2</source>
        <translation>%1 kann noch nicht gespeichert werden. %2</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved as it is.</source>
        <translation>%1 kann so nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Another %1 has the same %2. Change one of them to save.</source>
        <translation>Ein anderer Eintrag (%1) hat dieselben Werte: %2. Ändere einen davon, um zu speichern.</translation>
    </message>
    <message>
        <source>%1 can&apos;t come back under its old key: another %2 has it now.</source>
        <translation>%1 kann nicht unter dem alten Schlüssel zurückkommen: Ein anderer Eintrag (%2) hat ihn jetzt.</translation>
    </message>
</context>
<context>
    <name>ui::RecentController</name>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>A few letters of a database that was open before</source>
        <translation>Ein paar Buchstaben einer Datenbank, die schon geöffnet war</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <extracomment>A database and the folder or server it is in: &quot;blog.db in ~/sites&quot;</extracomment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>No database that was open before is called so. Ctrl+O opens any other.</source>
        <translation>Keine schon geöffnete Datenbank heißt so. Strg+O öffnet jede andere.</translation>
    </message>
</context>
<context>
    <name>ui::RecordDelegate</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
</context>
<context>
    <name>ui::RecordEditorForm</name>
    <message>
        <source>(filled in when saved)</source>
        <translation>(wird beim Speichern eingesetzt)</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>#%1</source>
        <translation>Nr. %1</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lesen …</translation>
    </message>
    <message>
        <source>This %1 could not be read. F5 tries again.</source>
        <translation>Das konnte nicht gelesen werden (%1). F5 versucht es noch einmal.</translation>
    </message>
    <message>
        <source>Another program has deleted this %1.</source>
        <translation>Ein anderes Programm hat dies gelöscht (%1).</translation>
    </message>
    <message>
        <source>Marked for deletion; Ctrl+Z brings it back</source>
        <translation>Zum Löschen vorgemerkt; Strg+Z bringt es zurück</translation>
    </message>
    <message>
        <source>No %1 selected. One that is current in the list is shown here.</source>
        <translation>Nichts ausgewählt (%1). Was in der Liste aktuell ist, steht hier.</translation>
    </message>
</context>
<context>
    <name>ui::RecordTableModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, no longer matches the search</source>
        <translation>%1, passt nicht mehr zur Suche</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>ui::RecordsPane</name>
    <message>
        <source>Nothing found. Esc shows all %1 again.</source>
        <translation>Nichts gefunden. Esc zeigt wieder alle %1.</translation>
    </message>
    <message>
        <source>The editor is below the list.</source>
        <translation>Der Editor ist unter der Liste.</translation>
    </message>
    <message>
        <source>Only the list. The editor shows while you are in it.</source>
        <translation>Nur die Liste. Der Editor erscheint, solange du darin bist.</translation>
    </message>
    <message>
        <source>The editor is beside the list.</source>
        <translation>Der Editor ist neben der Liste.</translation>
    </message>
</context>
<context>
    <name>ui::RecoveryController</name>
    <message>
        <source>The journal can&apos;t be written.</source>
        <translation>Das Journal kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>%1 would be lost. %2</source>
        <translation>%1 ginge verloren. %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln Änderung</numerusform>
            <numerusform>%Ln Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save and go on</source>
        <translation>&amp;Speichern und weiter</translation>
    </message>
    <message>
        <source>Go on &amp;without them</source>
        <translation>&amp;Ohne sie weiter</translation>
    </message>
    <message>
        <source>Go t&amp;here</source>
        <translation>&amp;Hingehen</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>The last save had got through.</source>
        <translation>Das letzte Speichern war durchgekommen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unsaved %1 recovered</source>
        <extracomment>What a crash did not take: &quot;3 unsaved posts&quot;</extracomment>
        <translation>
            <numerusform>%Ln nicht gespeicherter Eintrag wiederhergestellt (%1)</numerusform>
            <numerusform>%Ln nicht gespeicherte %1 wiederhergestellt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 came back as new, because another program has used the id since.</source>
        <translation>%1 ist als neu zurückgekommen, weil ein anderes Programm die Nummer seither benutzt hat.</translation>
    </message>
    <message>
        <source>%1 deleted by another program meanwhile.</source>
        <translation>%1 inzwischen von einem anderen Programm gelöscht.</translation>
    </message>
    <message>
        <source>What was typed into %1 is left out, as that is no longer in the table.</source>
        <translation>Was in %1 getippt wurde, fehlt, denn das Feld ist nicht mehr in der Tabelle.</translation>
    </message>
    <message>
        <source>A part of the journal could not be read.</source>
        <translation>Ein Teil des Journals konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>A part of the journal could not be read; a copy is kept as %1.</source>
        <translation>Ein Teil des Journals konnte nicht gelesen werden; eine Kopie liegt unter %1.</translation>
    </message>
    <message>
        <source>%1 discarded</source>
        <translation>%1 verworfen</translation>
    </message>
</context>
<context>
    <name>ui::ReplaceModel</name>
    <message>
        <source>%1: %2 → %3</source>
        <extracomment>A hit: where it is, its line, and the line as it would be</extracomment>
        <translation>%1: %2 → %3</translation>
    </message>
</context>
<context>
    <name>ui::ReplacePanel</name>
    <message>
        <source>Match case</source>
        <translation>Groß/klein beachten</translation>
    </message>
    <message>
        <source>Rege&amp;x</source>
        <translation>Re&amp;gex</translation>
    </message>
    <message>
        <source>Replace what is ticked (Ctrl+Enter)</source>
        <translation>Angekreuztes ersetzen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Replace in %1</source>
        <translation>Ersetzen (%1)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Finden</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>A regular expression; the replacement may have its groups: $1</source>
        <translation>Ein regulärer Ausdruck; im Ersatz dürfen seine Gruppen stehen: $1</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Enter: list the hits · Space: tick or not · Ctrl+Enter: replace · Esc: close</source>
        <translation>Eingabe: Treffer auflisten · Leertaste: ankreuzen oder nicht · Strg+Eingabe: ersetzen · Esc: schließen</translation>
    </message>
</context>
<context>
    <name>ui::ReviewModel</name>
    <message>
        <source>new</source>
        <comment>instead of a number</comment>
        <translation>neu</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <extracomment>A field, what it held and what it will hold</extracomment>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>%1: changed outside, too</source>
        <translation>%1: auch außen geändert</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>%1, %2, in this save</source>
        <translation>%1, %2, wird gespeichert</translation>
    </message>
    <message>
        <source>%1, %2, not in this save</source>
        <translation>%1, %2, wird nicht gespeichert</translation>
    </message>
    <message>
        <source>In this save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
</context>
<context>
    <name>ui::ReviewPanel</name>
    <message>
        <source>Changes that are not saved</source>
        <translation>Änderungen, die nicht gespeichert sind</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Was sich ändert</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
    <message>
        <source>Space: in or out of this save · Enter: go there · Del: take back · Ctrl+S: save what is ticked · Esc: close</source>
        <translation>Leertaste: speichern oder nicht · Eingabe: hingehen · Entf: zurücknehmen · Strg+S: Angekreuztes speichern · Esc: schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln Änderung</numerusform>
            <numerusform>%Ln Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 of them in this save</source>
        <translation>%1, davon %2 zu speichern</translation>
    </message>
</context>
<context>
    <name>ui::RowCells</name>
    <message>
        <source>new</source>
        <comment>instead of a number</comment>
        <translation>neu</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>Was: %1</source>
        <translation>War: %1</translation>
    </message>
</context>
<context>
    <name>ui::RowJobs</name>
    <message>
        <source>%1 %2 % (Shift+Esc cancels)</source>
        <extracomment>What is going on, and how far it is: &quot;Replacing… 61 % (Shift+Esc cancels)&quot;</extracomment>
        <translation>%1 %2 % (Umschalt+Esc bricht ab)</translation>
    </message>
    <message>
        <source>%1 %2 % (Shift+Esc cancels), then: %3</source>
        <extracomment>The same, and what comes next: &quot;Replacing… 61 % (Shift+Esc cancels), then: Copying…&quot;</extracomment>
        <translation>%1 %2 % (Umschalt+Esc bricht ab), dann: %3</translation>
    </message>
</context>
<context>
    <name>ui::RowName</name>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>The new %1</source>
        <translation>Neu (%1)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>&quot;post 499&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>ui::RowText</name>
    <message>
        <source>%1, was %2</source>
        <extracomment>A changed field and what it held before: &quot;title, was Post number 500&quot;</extracomment>
        <translation>%1, war %2</translation>
    </message>
    <message>
        <source>changed outside</source>
        <translation>außen geändert</translation>
    </message>
    <message>
        <source>modified: %1</source>
        <translation>geändert: %1</translation>
    </message>
    <message>
        <source>new, not saved</source>
        <translation>neu, nicht gespeichert</translation>
    </message>
    <message>
        <source>marked for deletion</source>
        <translation>zum Löschen vorgemerkt</translation>
    </message>
    <message>
        <source>cannot be saved: %1</source>
        <translation>kann nicht gespeichert werden: %1</translation>
    </message>
    <message>
        <source>changed outside since you read it</source>
        <translation>außen geändert, seit du es gelesen hast</translation>
    </message>
</context>
<context>
    <name>ui::SaveController</name>
    <message>
        <source>There was nothing to save: the new %1 was still empty.</source>
        <translation>Es gab nichts zu speichern: Das Neue (%1) war noch leer.</translation>
    </message>
    <message>
        <source>%1 can only be read, so nothing was written.</source>
        <translation>%1 kann nur gelesen werden, also wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Merged with an outside change.</source>
        <translation>Mit einer Änderung von außen zusammengeführt.</translation>
    </message>
    <message>
        <source>Nothing was saved: %1 could not be asked whether the save before got through. Your changes are still here.</source>
        <translation>Nichts wurde gespeichert: %1 konnte nicht gefragt werden, ob das Speichern davor durchkam. Deine Änderungen sind noch hier.</translation>
    </message>
    <message>
        <source>Saving was cancelled. Your changes are still here.</source>
        <translation>Das Speichern wurde abgebrochen. Deine Änderungen sind noch hier.</translation>
    </message>
    <message>
        <source>%1 Your changes are still here.</source>
        <translation>%1 Deine Änderungen sind noch hier.</translation>
    </message>
    <message>
        <source>writing failed</source>
        <translation>Schreiben ist gescheitert</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>its folder may not be written to</source>
        <translation>in seinen Ordner darf nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Nothing was saved: the journal that guards against saving twice after a crash can&apos;t be written (%1). Your changes are still here.</source>
        <translation>Nichts wurde gespeichert: Das Journal, das davor schützt, nach einem Absturz zweimal zu speichern, kann nicht geschrieben werden (%1). Deine Änderungen sind noch hier.</translation>
    </message>
    <message>
        <source>Save an&amp;yway</source>
        <translation>&amp;Trotzdem speichern</translation>
    </message>
    <message>
        <source>%1 saved, the others not yet.</source>
        <extracomment>What is counted: &quot;3 changes&quot;</extracomment>
        <translation>%1 gespeichert, die übrigen noch nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln Änderung</numerusform>
            <numerusform>%Ln Änderungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SearchBar</name>
    <message>
        <source>Sear&amp;ch</source>
        <translation>S&amp;uche</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Words, &quot;a phrase&quot;, -not, title:… (Alt+Down shows more)</source>
        <translation>Wörter, &quot;eine Wendung&quot;, -nicht, title:… (Alt+Ab zeigt mehr)</translation>
    </message>
    <message>
        <source>&quot;a phrase&quot;	words that stand together</source>
        <translation>&quot;eine Wendung&quot;	Wörter, die zusammenstehen</translation>
    </message>
    <message>
        <source>-word	without this word</source>
        <translation>-Wort	ohne dieses Wort</translation>
    </message>
    <message>
        <source>this|that	one of the two</source>
        <translation>dies|das	eins von beiden</translation>
    </message>
    <message>
        <source>title:word	in the title only; body: in the text only</source>
        <translation>title:Wort	nur im Titel; body: nur im Text</translation>
    </message>
    <message>
        <source>id:400-420	by number</source>
        <translation>id:400-420	nach Nummer</translation>
    </message>
    <message>
        <source>before:2024-02	earlier than a day, month or year</source>
        <translation>before:2024-02	früher als ein Tag, Monat oder Jahr</translation>
    </message>
    <message>
        <source>after:2024-02-28	later than it</source>
        <translation>after:2024-02-28	später</translation>
    </message>
    <message>
        <source>on:2024-02-28	in it</source>
        <translation>on:2024-02-28	genau dann</translation>
    </message>
    <message>
        <source>is:modified	also new, deleted, invalid, conflict, outside</source>
        <translation>is:modified	auch new, deleted, invalid, conflict, outside</translation>
    </message>
    <message>
        <source>words:&gt;500	long or short texts</source>
        <translation>words:&gt;500	lange oder kurze Texte</translation>
    </message>
    <message>
        <source>/regular expression/	a pattern</source>
        <translation>/regulärer Ausdruck/	ein Muster</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View:</source>
        <translation>Ansicht:</translation>
    </message>
    <message>
        <source>What else can be asked for</source>
        <translation>Wonach sich sonst suchen lässt</translation>
    </message>
</context>
<context>
    <name>ui::SearchIndexController</name>
    <message>
        <source>The search index of %1 is only built to %2 %, so it isn&apos;t used yet.</source>
        <translation>Der Suchindex von %1 ist erst zu %2 % gebaut und wird deshalb noch nicht benutzt.</translation>
    </message>
    <message>
        <source>The search index of %1 is out of date, so it isn&apos;t used: searches are slower and find everything.</source>
        <translation>Der Suchindex von %1 ist veraltet und wird nicht benutzt: Suchen dauern länger und finden alles.</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Build it a&amp;gain</source>
        <translation>&amp;Neu bauen</translation>
    </message>
    <message>
        <source>&amp;Remove it</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>The index is made for SQLite databases only.</source>
        <translation>Den Index gibt es nur für SQLite-Datenbanken.</translation>
    </message>
    <message>
        <source>This computer&apos;s SQLite can&apos;t make it: it is older than 3.34, or was built without FTS5.</source>
        <translation>Das SQLite dieses Rechners kann ihn nicht anlegen: Es ist älter als 3.34 oder ohne FTS5 gebaut.</translation>
    </message>
    <message>
        <source>It needs a table whose key is one whole number.</source>
        <translation>Er braucht eine Tabelle, deren Schlüssel eine ganze Zahl ist.</translation>
    </message>
    <message>
        <source>There are no texts in %1 to be searched.</source>
        <translation>In %1 sind keine Texte zu durchsuchen.</translation>
    </message>
    <message>
        <source>Search is instant now</source>
        <translation>Die Suche ist jetzt beschleunigt</translation>
    </message>
    <message>
        <source>The search index was removed</source>
        <translation>Der Suchindex wurde entfernt</translation>
    </message>
    <message>
        <source>Making search instant… %1 % (Shift+Esc stops)</source>
        <translation>Suche wird beschleunigt … %1 % (Umschalt+Esc hält an)</translation>
    </message>
    <message>
        <source>Removing the search index… (Shift+Esc stops)</source>
        <translation>Suchindex wird entfernt … (Umschalt+Esc hält an)</translation>
    </message>
</context>
<context>
    <name>ui::SearchIndexPanel</name>
    <message>
        <source>&amp;Remove it</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Triggers in the database keep the index true whoever writes. That costs other programs about half a millisecond for each of the %1 that they write, and they need SQLite 3.34 or newer with FTS5, as Python, PHP and most others have it: a program without it can&apos;t write %1 any more until the index is removed.</source>
        <translation>Trigger in der Datenbank halten den Index richtig, gleich wer schreibt. Das kostet andere Programme etwa eine halbe Millisekunde je Eintrag (%1), und sie brauchen SQLite 3.34 oder neuer mit FTS5, wie Python, PHP und die meisten anderen es haben: Ein Programm ohne es kann nichts mehr schreiben (%1), bis der Index entfernt ist.</translation>
    </message>
    <message>
        <source>A migration that rebuilds the table loses the triggers; the index is then not used any more, and you are told so. Remove it before a migration that drops one of its columns.</source>
        <translation>Eine Migration, die die Tabelle neu baut, verliert die Trigger; der Index wird dann nicht mehr benutzt, und das wird gesagt. Entferne ihn vor einer Migration, die eine seiner Spalten löscht.</translation>
    </message>
    <message>
        <source>Make search instant</source>
        <translation>Suche beschleunigen</translation>
    </message>
    <message>
        <source>Each search reads all %1. With an index in the database, words of three letters and more are found at once, however many %1 there are; what is found stays the same.</source>
        <translation>Jede Suche liest alle %1. Mit einem Index in der Datenbank werden Wörter ab drei Buchstaben sofort gefunden, wie viele %1 es auch sind; gefunden wird dasselbe.</translation>
    </message>
    <message>
        <source>It takes %1 in %2, and some minutes where there are millions. Meanwhile you and other programs can go on reading and writing; Shift+Esc stops it, and you can go on with it later.</source>
        <translation>Er braucht %1 in %2 und einige Minuten, wo es Millionen sind. Inzwischen können du und andere Programme weiter lesen und schreiben; Umschalt+Esc hält an, und es kann später weitergehen.</translation>
    </message>
    <message>
        <source>Make &amp;search instant</source>
        <translation>&amp;Suche beschleunigen</translation>
    </message>
    <message>
        <source>The search index is built to %1 %</source>
        <translation>Der Suchindex ist zu %1 % gebaut</translation>
    </message>
    <message>
        <source>It is not used before it is whole. Go on with it, or remove it.</source>
        <translation>Er wird erst benutzt, wenn er vollständig ist. Baue ihn weiter oder entferne ihn.</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Search is instant</source>
        <translation>Die Suche ist beschleunigt</translation>
    </message>
    <message>
        <source>Words of three letters and more are found by the index in %1.</source>
        <translation>Wörter ab drei Buchstaben findet der Index in %1.</translation>
    </message>
    <message>
        <source>The search index is out of date</source>
        <translation>Der Suchindex ist veraltet</translation>
    </message>
    <message>
        <source>Another program rebuilt the table or wrote to it without the index, so it isn&apos;t used: searches read all %1, and find everything. Build it again, or remove it.</source>
        <translation>Ein anderes Programm hat die Tabelle neu gebaut oder ohne den Index beschrieben; deshalb wird er nicht benutzt: Suchen lesen alle %1 und finden alles. Baue ihn neu oder entferne ihn.</translation>
    </message>
    <message>
        <source>Build it a&amp;gain</source>
        <translation>&amp;Neu bauen</translation>
    </message>
    <message>
        <source>Search can&apos;t be made instant here</source>
        <translation>Die Suche ist hier nicht zu beschleunigen</translation>
    </message>
</context>
<context>
    <name>ui::SearchParser</name>
    <message>
        <source>/%1/ is no regular expression: %2.</source>
        <translation>/%1/ ist kein regulärer Ausdruck: %2.</translation>
    </message>
    <message>
        <source>There is no date to look for in %1.</source>
        <translation>Es gibt kein Datum, nach dem zu suchen wäre (%1).</translation>
    </message>
    <message>
        <source>“%1” is no date. Write a day like 2024-02-28, a month like 2024-02, or a year.</source>
        <translation>„%1“ ist kein Datum. Schreibe einen Tag wie 2024-02-28, einen Monat wie 2024-02 oder ein Jahr.</translation>
    </message>
    <message>
        <source>“is:%1” is not known. There is is:%2.</source>
        <translation>„is:%1“ ist unbekannt. Es gibt is:%2.</translation>
    </message>
    <message>
        <source>%1 have no text whose words could be counted.</source>
        <translation>%1 haben keinen Text, dessen Wörter zu zählen wären.</translation>
    </message>
    <message>
        <source>“words:%1” is not known. Write words:&gt;500 or words:&lt;100.</source>
        <translation>„words:%1“ ist unbekannt. Schreibe words:&gt;500 oder words:&lt;100.</translation>
    </message>
    <message>
        <source>“id:%1” is no number. Write id:400 or id:400-420.</source>
        <translation>„id:%1“ ist keine Nummer. Schreibe id:400 oder id:400-420.</translation>
    </message>
</context>
<context>
    <name>ui::SingleKeys</name>
    <message>
        <source>The row below, above, the first, the last</source>
        <translation>Die Zeile darunter, darüber, die erste, die letzte</translation>
    </message>
    <message>
        <source>Search, next and previous hit</source>
        <translation>Suchen, nächster und voriger Treffer</translation>
    </message>
    <message>
        <source>Open, begin a new one</source>
        <translation>Öffnen, neu beginnen</translation>
    </message>
    <message>
        <source>Delete, copy, paste, undo</source>
        <translation>Löschen, kopieren, einfügen, rückgängig</translation>
    </message>
    <message>
        <source>Select or not, centre the row</source>
        <translation>Auswählen oder nicht, Zeile zentrieren</translation>
    </message>
    <message>
        <source>All commands, save and quit</source>
        <translation>Alle Befehle, speichern und beenden</translation>
    </message>
</context>
<context>
    <name>ui::SpellChecker</name>
    <message>
        <source>There is no dictionary for %1 to check the spelling with. On Debian the package %2 has it.</source>
        <translation>Für %1 ist kein Wörterbuch da, um die Rechtschreibung zu prüfen. Unter Debian hat es das Paket %2.</translation>
    </message>
</context>
<context>
    <name>ui::SpellingController</name>
    <message>
        <source>The spelling isn&apos;t checked. Tools → Language of the dictionary turns it on.</source>
        <translation>Die Rechtschreibung wird nicht geprüft. Extras → Sprache des Wörterbuchs schaltet sie ein.</translation>
    </message>
    <message>
        <source>No misspelling found.</source>
        <translation>Kein Rechtschreibfehler gefunden.</translation>
    </message>
    <message>
        <source>No misspelt word here. F7 goes to the next one.</source>
        <translation>Hier ist kein falsch geschriebenes Wort. F7 geht zum nächsten.</translation>
    </message>
    <message>
        <source>Suggestions for %1</source>
        <translation>Vorschläge für %1</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Keine Vorschläge</translation>
    </message>
    <message>
        <source>&amp;Add “%1” to my words</source>
        <translation>„%1“ &amp;aufnehmen</translation>
    </message>
    <message>
        <source>&amp;Ignore it for now</source>
        <translation>Vorerst &amp;übergehen</translation>
    </message>
    <message>
        <source>&amp;Don&apos;t check</source>
        <translation>&amp;Nicht prüfen</translation>
    </message>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Vorschläge werden gesucht …</translation>
    </message>
</context>
<context>
    <name>ui::StatusBar</name>
    <message>
        <source>Cancel (Shift+Esc)</source>
        <translation>Abbrechen (Umschalt+Esc)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Review the changes (Ctrl+Shift+R)</source>
        <translation>Änderungen prüfen (Strg+Umschalt+R)</translation>
    </message>
</context>
<context>
    <name>ui::TextFindController</name>
    <message>
        <source>Not in this text</source>
        <translation>Nicht in diesem Text</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>The third of twelve hits: &quot;3 of 12&quot;</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s) replaced</source>
        <translation>
            <numerusform>%Ln Treffer ersetzt</numerusform>
            <numerusform>%Ln Treffer ersetzt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TextPattern</name>
    <message>
        <source>This is no regular expression: %1, at character %2.</source>
        <extracomment>About a regular expression: what is wrong with it, in the words of the library, and where</extracomment>
        <translation>Das ist kein regulärer Ausdruck: %1, bei Zeichen %2.</translation>
    </message>
</context>
<context>
    <name>ui::Toast</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Rückgängig (Strg+Z)</translation>
    </message>
</context>
<context>
    <name>ui::ViewsController</name>
    <message>
        <source>The view “%1” is saved.</source>
        <translation>Die Ansicht „%1“ ist gespeichert.</translation>
    </message>
    <message>
        <source>The view “%1” is saved. %2 shows it.</source>
        <translation>Die Ansicht „%1“ ist gespeichert. %2 zeigt sie.</translation>
    </message>
    <message>
        <source>The view “%1” is deleted.</source>
        <translation>Die Ansicht „%1“ ist gelöscht.</translation>
    </message>
    <message>
        <source>View &amp;%1: %2</source>
        <extracomment>In the menu: the number of a saved view, which is its mnemonic, and its name</extracomment>
        <translation>Ansicht &amp;%1: %2</translation>
    </message>
    <message>
        <source>No view is saved under this key yet</source>
        <translation>Unter dieser Taste ist noch keine Ansicht gespeichert</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>Alle %1</translation>
    </message>
    <message>
        <source>%1 (changed)</source>
        <extracomment>A saved view&apos;s name, when the list shows something else by now</extracomment>
        <translation>%1 (geändert)</translation>
    </message>
</context>
<context>
    <name>ui::ViewsPopup</name>
    <message>
        <source>Save this view: its order, search and columns</source>
        <translation>Diese Ansicht speichern: Sortierung, Suche und Spalten</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>Name der Ansicht</translation>
    </message>
    <message>
        <source>Saved views and their keys</source>
        <translation>Gespeicherte Ansichten und ihre Tasten</translation>
    </message>
    <message>
        <source>Up and Down choose the key, Enter saves. Tab goes to the list, where Del deletes a view.</source>
        <translation>Auf und Ab wählen die Taste, Eingabe speichert. Tab führt zur Liste, wo Entf eine Ansicht löscht.</translation>
    </message>
    <message>
        <source>Enter replaces “%1”, which can be undone; Up and Down choose another key. Tab goes to the list, where Del deletes a view.</source>
        <translation>Eingabe ersetzt „%1“, was sich rückgängig machen lässt; Auf und Ab wählen eine andere Taste. Tab führt zur Liste, wo Entf eine Ansicht löscht.</translation>
    </message>
    <message>
        <source>%1   (free)</source>
        <extracomment>A key, the name of the view it shows, and what that is: &quot;Alt+1 Drafts: is:draft&quot;</extracomment>
        <translation>%1   (frei)</translation>
    </message>
    <message>
        <source>%1   %2: %3</source>
        <translation>%1   %2: %3</translation>
    </message>
    <message>
        <source>View %1</source>
        <translation>Ansicht %1</translation>
    </message>
</context>
<context>
    <name>ui::WelcomePage</name>
    <message>
        <source>Postdesk</source>
        <translation>Postdesk</translation>
    </message>
    <message>
        <source>Write and edit the %1 in your database.</source>
        <translation>Schreibe und ändere die %1 in deiner Datenbank.</translation>
    </message>
    <message>
        <source>Look around in a sample</source>
        <translation>Umsehen in einem Beispiel</translation>
    </message>
    <message>
        <source>Open a database</source>
        <translation>Eine Datenbank öffnen</translation>
    </message>
    <message>
        <source>A SQLite file with a table of %1  (Ctrl+O)</source>
        <translation>Eine SQLite-Datei mit einer Tabelle für %1  (Strg+O)</translation>
    </message>
    <message>
        <source>Start a new one</source>
        <translation>Neu anfangen</translation>
    </message>
    <message>
        <source>An empty file for your own %1  (Ctrl+Shift+N)</source>
        <translation>Eine leere Datei für eigene %1  (Strg+Umschalt+N)</translation>
    </message>
</context>
<context>
    <name>ui::WhatsThis</name>
    <message>
        <source>The field “%1”.</source>
        <translation>Das Feld „%1“.</translation>
    </message>
    <message>
        <source>A date and a time, as 2024-02-28 19:30:00, in your time zone.</source>
        <translation>Datum und Uhrzeit, wie 2024-02-28 19:30:00, in deiner Zeitzone.</translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln character(s) can be saved.</source>
        <translation>
            <numerusform>Höchstens %Ln Zeichen kann gespeichert werden.</numerusform>
            <numerusform>Höchstens %Ln Zeichen können gespeichert werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>It may be empty.</source>
        <translation>Es darf leer sein.</translation>
    </message>
    <message>
        <source>It can&apos;t be saved without a value.</source>
        <translation>Ohne Wert kann es nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>What is typed here narrows the list: words that stand in title or body, in any order. Alt+Down shows what else can be asked for.</source>
        <translation>Was hier steht, grenzt die Liste ein: Wörter, die in Titel oder Text stehen, in beliebiger Reihenfolge. Alt+Ab zeigt, wonach sonst gefragt werden kann.</translation>
    </message>
    <message>
        <source>The list of %1. Changes that are not saved are marked in front: + is new, ~ changed, − will be deleted, ! was changed by others too, ? can&apos;t be saved.</source>
        <translation>Die Liste (%1). Was nicht gespeichert ist, ist vorn markiert: + ist neu, ~ geändert, − wird gelöscht, ! haben auch andere geändert, ? kann nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>Finds and replaces in the text above: Enter goes to the next hit.</source>
        <translation>Findet und ersetzt im Text darüber: Eingabe geht zum nächsten Treffer.</translation>
    </message>
    <message>
        <source>The fields of the row that is current in the list.</source>
        <translation>Die Felder der Zeile, die in der Liste aktuell ist.</translation>
    </message>
    <message>
        <source>There is nothing more to say about this place.</source>
        <translation>Über diese Stelle ist nicht mehr zu sagen.</translation>
    </message>
    <message>
        <source>F1 opens the manual where it is about this place.</source>
        <translation>F1 öffnet das Handbuch dort, wo es um diese Stelle geht.</translation>
    </message>
</context>
<context>
    <name>ui::WordCount</name>
    <message>
        <source>%1 min</source>
        <extracomment>Minutes to read the text</extracomment>
        <translation>%1 Min.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s), %1</source>
        <extracomment>How long a text is: &quot;500 words, 2 min&quot;</extracomment>
        <translation>
            <numerusform>%Ln Wort, %1</numerusform>
            <numerusform>%Ln Wörter, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%2 of %Ln word(s), %1</source>
        <extracomment>How long a selection is: &quot;12 of 500 words, 1 min&quot;</extracomment>
        <translation>
            <numerusform>%2 von %Ln Wort, %1</numerusform>
            <numerusform>%2 von %Ln Wörtern, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::WritingController</name>
    <message>
        <source>Tab: moves on</source>
        <translation>Tab: geht weiter</translation>
    </message>
    <message>
        <source>Tab: indents</source>
        <translation>Tab: rückt ein</translation>
    </message>
</context>
</TS>
