<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ui::BatchController</name>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln hit</numerusform>
            <numerusform>%Ln hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConflictModel</name>
    <message numerus="yes">
        <source>decide %Ln conflict(s)</source>
        <extracomment>A step to undo</extracomment>
        <translation>
            <numerusform>decide %Ln conflict</numerusform>
            <numerusform>decide %Ln conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ConflictPanel</name>
    <message numerus="yes">
        <source>%Ln row(s) of other tables that belonged to it can&apos;t come back.</source>
        <translation>
            <numerusform>%Ln row of another table that belonged to it can&apos;t come back.</numerusform>
            <numerusform>%Ln rows of other tables that belonged to it can&apos;t come back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln conflict</numerusform>
            <numerusform>%Ln conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HelpWindow</name>
    <message numerus="yes">
        <source>%Ln place(s)</source>
        <translation>
            <numerusform>%Ln place</numerusform>
            <numerusform>%Ln places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln conflict</numerusform>
            <numerusform>%Ln conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s)</source>
        <translation>
            <numerusform>%Ln problem</numerusform>
            <numerusform>%Ln problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::OrderIndexPanel</name>
    <message numerus="yes">
        <source>about %Ln second(s)</source>
        <translation>
            <numerusform>about %Ln second</numerusform>
            <numerusform>about %Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minute(s)</source>
        <translation>
            <numerusform>about %Ln minute</numerusform>
            <numerusform>about %Ln minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ProblemGuide</name>
    <message numerus="yes">
        <source>%Ln more can&apos;t be saved, either; F8 goes on to the next.</source>
        <translation>
            <numerusform>%Ln more can&apos;t be saved, either; F8 goes on to the next.</numerusform>
            <numerusform>%Ln more can&apos;t be saved, either; F8 goes on to the next.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RecoveryController</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unsaved %1 recovered</source>
        <extracomment>What a crash did not take: &quot;3 unsaved posts&quot;</extracomment>
        <translation>
            <numerusform>%Ln unsaved %1 recovered</numerusform>
            <numerusform>%Ln unsaved %1 recovered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ReviewPanel</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::SaveController</name>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::TextFindController</name>
    <message numerus="yes">
        <source>%Ln hit(s)</source>
        <translation>
            <numerusform>%Ln hit</numerusform>
            <numerusform>%Ln hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hit(s) replaced</source>
        <translation>
            <numerusform>%Ln hit replaced</numerusform>
            <numerusform>%Ln hits replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::WhatsThis</name>
    <message numerus="yes">
        <source>At most %Ln character(s) can be saved.</source>
        <translation>
            <numerusform>At most %Ln character can be saved.</numerusform>
            <numerusform>At most %Ln characters can be saved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::WordCount</name>
    <message numerus="yes">
        <source>%Ln word(s), %1</source>
        <extracomment>How long a text is: &quot;500 words, 2 min&quot;</extracomment>
        <translation>
            <numerusform>%Ln word, %1</numerusform>
            <numerusform>%Ln words, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%2 of %Ln word(s), %1</source>
        <extracomment>How long a selection is: &quot;12 of 500 words, 1 min&quot;</extracomment>
        <translation>
            <numerusform>%2 of %Ln word, %1</numerusform>
            <numerusform>%2 of %Ln words, %1</numerusform>
        </translation>
    </message>
</context>
</TS>
