<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;File</source>
        <extracomment>As many components can be heard alone, and as many sources be put into, by number.</extracomment>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>開く(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a recording or a project</source>
        <extracomment>Something for the status bar. The name of the file, or whether all is saved, is another.</extracomment>
        <translation>録音またはプロジェクトを開きます</translation>
    </message>
    <message>
        <source>Open the &amp;demo</source>
        <translation>デモを開く(&amp;D)</translation>
    </message>
    <message>
        <source>Open the demo recording</source>
        <translation>デモの録音を開きます</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save recording, runs, sources and edits in one project file</source>
        <translation>録音、実行、音源、編集を一つのプロジェクトファイルに保存します</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>名前を付けて保存(&amp;A)…</translation>
    </message>
    <message>
        <source>Save into another project file</source>
        <translation>別のプロジェクトファイルに保存します</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>書き出し(&amp;E)…</translation>
    </message>
    <message>
        <source>Save sources, components or the mix as files</source>
        <translation>音源、成分、ミックスをファイルとして保存します</translation>
    </message>
    <message>
        <source>Open the export&apos;s &amp;folder</source>
        <translation>書き出し先のフォルダーを開く(&amp;F)</translation>
    </message>
    <message>
        <source>Show the files that were exported last, where the system shows files</source>
        <translation>最後に書き出したファイルを、システムのファイル管理で表示します</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>Stop everything and close the window</source>
        <translation>すべてを停止してウィンドウを閉じます</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Take the last step back</source>
        <translation>直前の操作を取り消します</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直す(&amp;R)</translation>
    </message>
    <message>
        <source>Take the step again that was taken back</source>
        <translation>取り消した操作をもう一度行います</translation>
    </message>
    <message>
        <source>M&amp;erge</source>
        <translation>結合(&amp;E)</translation>
    </message>
    <message>
        <source>Make one component of those selected; it sounds as they do together</source>
        <translation>選択した成分を一つにまとめます。まとめて鳴らしたときと同じ音になります</translation>
    </message>
    <message>
        <source>Split in t&amp;wo</source>
        <translation>二つに分割(&amp;W)</translation>
    </message>
    <message>
        <source>Fit the selected component anew as two; the others stay as they are</source>
        <translation>選択した成分を二つの成分として当てはめ直します。ほかの成分は変わりません</translation>
    </message>
    <message>
        <source>Dupli&amp;cate</source>
        <translation>複製(&amp;C)</translation>
    </message>
    <message>
        <source>Add copies of the selected components</source>
        <translation>選択した成分の複製を追加します</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>削除(&amp;D)</translation>
    </message>
    <message>
        <source>Remove the selected components; what they hold is left to the residual</source>
        <translation>選択した成分を削除します。含まれていた音は残差に残ります</translation>
    </message>
    <message>
        <source>S&amp;ilence in the region</source>
        <translation>範囲内を無音にする(&amp;I)</translation>
    </message>
    <message>
        <source>Silence the selected components within the marked region</source>
        <translation>選択した成分を、指定した範囲の中で無音にします</translation>
    </message>
    <message>
        <source>Remove a &amp;band…</source>
        <translation>帯域を除去(&amp;B)…</translation>
    </message>
    <message>
        <source>Remove a band of frequencies from the selected components</source>
        <translation>選択した成分から、ある周波数帯域を取り除きます</translation>
    </message>
    <message>
        <source>Re&amp;store as fitted</source>
        <translation>推定時の状態に復元(&amp;S)</translation>
    </message>
    <message>
        <source>Take back what was drawn, smoothed, erased or changed in level, of the selected components</source>
        <translation>選択した成分について、描画、平滑化、消去、レベル変更をすべて取り消します</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>実行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Separate</source>
        <translation>分離(&amp;S)</translation>
    </message>
    <message>
        <source>Separate the recording with the settings shown</source>
        <translation>表示中の設定で録音を分離します</translation>
    </message>
    <message>
        <source>Separate only the re&amp;gion</source>
        <translation>範囲だけを分離(&amp;G)</translation>
    </message>
    <message>
        <source>Look for components in the marked region only; Shift+drag in the overview marks one</source>
        <translation>指定した範囲の中だけで成分を探します。範囲は全体表示で Shift+ドラッグして指定します</translation>
    </message>
    <message>
        <source>Compare &amp;rules</source>
        <translation>更新則を比較(&amp;R)</translation>
    </message>
    <message>
        <source>Run MM, ME and Fast from the same start, one after another, with the settings shown</source>
        <translation>表示中の設定と同じ初期値から、MM、ME、Fast を順に実行します</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>続行(&amp;O)</translation>
    </message>
    <message>
        <source>Do more iterations of the run that is shown: those missing of a cancelled one, or as many as the list of runs says</source>
        <translation>表示中の実行の反復を追加する。キャンセルした実行ならその残り、そうでなければ実行の一覧にある回数だけ</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>Let the run wait, or go on</source>
        <translation>実行を一時停止、または再開します</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>中止(&amp;C)</translation>
    </message>
    <message>
        <source>Stop the run and keep what it has reached, or stop opening or exporting</source>
        <translation>実行を止めて、そこまでの結果を残します。開く操作や書き出しも中止できます</translation>
    </message>
    <message>
        <source>&amp;Listen</source>
        <translation>再生(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>再生 / 一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>Play what is chosen below, or pause</source>
        <translation>下で選んだものを再生、または一時停止します</translation>
    </message>
    <message>
        <source>Hear the &amp;recording</source>
        <translation>録音を聴く(&amp;R)</translation>
    </message>
    <message>
        <source>The recording as it was opened</source>
        <translation>開いたときのままの録音</translation>
    </message>
    <message>
        <source>Switch to the recording and &amp;back</source>
        <translation>録音との切り替え(&amp;B)</translation>
    </message>
    <message>
        <source>Compare what you hear with the recording, at the same place</source>
        <translation>いま聴いている音を、同じ位置の録音と聴き比べます</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>ループ(&amp;L)</translation>
    </message>
    <message>
        <source>Repeat the region, or all of it</source>
        <translation>範囲または全体を繰り返します</translation>
    </message>
    <message>
        <source>A second b&amp;ack</source>
        <translation>1 秒戻る(&amp;A)</translation>
    </message>
    <message>
        <source>Go back a second</source>
        <translation>1 秒戻ります</translation>
    </message>
    <message>
        <source>A second &amp;on</source>
        <translation>1 秒進む(&amp;O)</translation>
    </message>
    <message>
        <source>Go on a second</source>
        <translation>1 秒進みます</translation>
    </message>
    <message>
        <source>A moment ba&amp;ck</source>
        <translation>少し戻る(&amp;C)</translation>
    </message>
    <message>
        <source>Go back a tenth of a second</source>
        <translation>0.1 秒戻ります</translation>
    </message>
    <message>
        <source>A moment o&amp;n</source>
        <translation>少し進む(&amp;N)</translation>
    </message>
    <message>
        <source>Go on a tenth of a second</source>
        <translation>0.1 秒進みます</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Stop and go back to the beginning</source>
        <translation>停止して先頭に戻ります</translation>
    </message>
    <message>
        <source>Mi&amp;x</source>
        <translation>ミックス(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>ミュート(&amp;M)</translation>
    </message>
    <message>
        <source>Silence the selected components, or let them be heard again</source>
        <translation>選択した成分をミュート、またはミュート解除します</translation>
    </message>
    <message>
        <source>&amp;Solo</source>
        <translation>ソロ(&amp;S)</translation>
    </message>
    <message>
        <source>Hear only the selected components, or all again</source>
        <translation>選択した成分だけを聴きます。もう一度で全体に戻ります</translation>
    </message>
    <message>
        <source>&amp;Reset the mix</source>
        <translation>ミックスをリセット(&amp;R)</translation>
    </message>
    <message>
        <source>Every component as it lies in the recording</source>
        <translation>すべての成分を、録音に含まれているとおりに戻します</translation>
    </message>
    <message>
        <source>&amp;Group into a source</source>
        <translation>音源にまとめる(&amp;G)</translation>
    </message>
    <message>
        <source>Make a source of the selected components</source>
        <translation>選択した成分から音源を作ります</translation>
    </message>
    <message>
        <source>R&amp;emove from its source</source>
        <translation>音源から外す(&amp;E)</translation>
    </message>
    <message>
        <source>Take the selected components out of their sources</source>
        <translation>選択した成分を音源から外します</translation>
    </message>
    <message>
        <source>Suggest s&amp;ources…</source>
        <translation>音源を提案(&amp;O)…</translation>
    </message>
    <message>
        <source>Group the components into sources by how they sound</source>
        <translation>音の似かたにもとづいて成分を音源にまとめます</translation>
    </message>
    <message>
        <source>&amp;Ask me…</source>
        <translation>質問に答える(&amp;A)…</translation>
    </message>
    <message>
        <source>Be played places that the program is unsure of, and say which source each is of</source>
        <translation>プログラムが迷っている箇所を聞いて、どの音源かを答えます</translation>
    </message>
    <message>
        <source>Carr&amp;y over sources and strokes</source>
        <translation>音源とストロークを引き継ぐ(&amp;Y)</translation>
    </message>
    <message>
        <source>Bring the strokes of an earlier run, and sources and names of components that are alike</source>
        <translation>以前の実行のストロークと、似た成分の音源と名前を引き継ぎます</translation>
    </message>
    <message>
        <source>P&amp;aint</source>
        <translation>ペイント(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Pointer</source>
        <translation>ポインター(&amp;P)</translation>
    </message>
    <message>
        <source>Play, read and choose strokes in the spectrogram</source>
        <translation>スペクトログラムで再生、読み取り、ストロークの選択をする</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>ブラシ(&amp;B)</translation>
    </message>
    <message>
        <source>Paint free hand in the spectrogram what belongs to a source</source>
        <translation>音源に属するところをスペクトログラムに自由に描く</translation>
    </message>
    <message>
        <source>Bo&amp;x</source>
        <translation>矩形(&amp;X)</translation>
    </message>
    <message>
        <source>Paint rectangles of time and frequency that belong to a source</source>
        <translation>音源に属する時間と周波数の矩形を描く</translation>
    </message>
    <message>
        <source>&amp;Harmonic brush</source>
        <translation>倍音ブラシ(&amp;H)</translation>
    </message>
    <message>
        <source>Paint thin lines along a note and its overtones</source>
        <translation>音とその倍音に沿って細い線を描く</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>消しゴム(&amp;E)</translation>
    </message>
    <message>
        <source>Take away what was painted, but for locked sources</source>
        <translation>描いたものを取り除く (ロックされた音源を除く)</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>小さく(&amp;S)</translation>
    </message>
    <message>
        <source>Make brush and eraser lower, or let the harmonic brush draw fewer lines</source>
        <translation>ブラシと消しゴムの高さ、または倍音ブラシの線の数を減らす</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>大きく(&amp;L)</translation>
    </message>
    <message>
        <source>Make brush and eraser higher, or let the harmonic brush draw more lines</source>
        <translation>ブラシと消しゴムの高さ、または倍音ブラシの線の数を増やす</translation>
    </message>
    <message>
        <source>Sho&amp;w strokes</source>
        <translation>ストロークを表示(&amp;W)</translation>
    </message>
    <message>
        <source>Show or hide what was painted; it counts either way</source>
        <translation>描いたものを表示する、または隠す (どちらでも効果は同じ)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>Select &amp;all components</source>
        <translation>すべての成分を選択(&amp;A)</translation>
    </message>
    <message>
        <source>For export</source>
        <translation>書き出しのために選択します</translation>
    </message>
    <message>
        <source>Show the &amp;recording</source>
        <translation>録音を表示(&amp;R)</translation>
    </message>
    <message>
        <source>In the large spectrogram</source>
        <translation>大きいスペクトログラムに表示します</translation>
    </message>
    <message>
        <source>&amp;Compact tiles</source>
        <translation>タイルを小さく表示(&amp;C)</translation>
    </message>
    <message>
        <source>Smaller tiles of the components, so that more of them fit</source>
        <translation>成分のタイルを小さくして、より多く並べます</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>全体を表示(&amp;F)</translation>
    </message>
    <message>
        <source>Show the whole recording</source>
        <translation>録音全体を表示します</translation>
    </message>
    <message>
        <source>&amp;Large basis and activation</source>
        <translation>基底とアクティベーションを大きく表示(&amp;L)</translation>
    </message>
    <message>
        <source>Show them in the place of the spectrogram, or at the side again</source>
        <translation>スペクトログラムの場所に表示するか、端に戻します</translation>
    </message>
    <message>
        <source>Roo&amp;m for the spectrogram</source>
        <translation>スペクトログラムを広く表示(&amp;M)</translation>
    </message>
    <message>
        <source>Let it fill the window but for sources, tools and transport; or put everything back</source>
        <translation>音源、ツール、再生の操作だけを残してウィンドウいっぱいに表示する、または元に戻す</translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation>ウィンドウの次の部分へ(&amp;N)</translation>
    </message>
    <message>
        <source>Put the keyboard to work in the next part of the window</source>
        <translation>キーボードの操作をウィンドウの次の部分に移します</translation>
    </message>
    <message>
        <source>Pre&amp;vious part of the window</source>
        <translation>ウィンドウの前の部分へ(&amp;V)</translation>
    </message>
    <message>
        <source>Put the keyboard to work in the part before</source>
        <translation>キーボードの操作を前の部分に移します</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>ガイド(&amp;G)</translation>
    </message>
    <message>
        <source>Read how to do what you want to</source>
        <translation>したいことのやり方を読みます</translation>
    </message>
    <message>
        <source>Guided &amp;tour</source>
        <translation>ガイドツアー(&amp;T)</translation>
    </message>
    <message>
        <source>Be shown around in the window</source>
        <translation>ウィンドウの各部を順に案内します</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>キーボードショートカット(&amp;K)…</translation>
    </message>
    <message>
        <source>See and change the keys of all actions</source>
        <translation>すべての操作のキーを確認、変更します</translation>
    </message>
    <message>
        <source>&amp;About isnmf-gui</source>
        <translation>isnmf-gui について(&amp;A)</translation>
    </message>
    <message>
        <source>What this program is</source>
        <translation>このプログラムの説明</translation>
    </message>
    <message>
        <source>Component &amp;{number}</source>
        <translation>成分 &amp;{number}</translation>
    </message>
    <message>
        <source>Paint strokes of this source from now on</source>
        <translation>これからこの音源のストロークを描く</translation>
    </message>
    <message>
        <source>S&amp;ource to paint</source>
        <translation>描く音源(&amp;O)</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>メイン</translation>
    </message>
    <message>
        <source>&amp;Hear a component alone</source>
        <translation>成分を単独で聴く(&amp;H)</translation>
    </message>
    <message>
        <source>The &amp;{place}.</source>
        <translation>&amp;{place} 番目</translation>
    </message>
    <message>
        <source>Hear this component alone; again: what was heard before</source>
        <translation>この成分だけを聴きます。もう一度で、前に聴いていた音に戻ります</translation>
    </message>
    <message>
        <source>Separation started: {rule}, {bases}.</source>
        <translation>分離を開始しました：{rule}、{bases}。</translation>
    </message>
    <message>
        <source>Separation paused.</source>
        <translation>分離を一時停止しました。</translation>
    </message>
    <message>
        <source>Separation goes on.</source>
        <translation>分離を再開しました。</translation>
    </message>
    <message numerus="yes">
        <source>Separation cancelled after %n iteration(s): {components}.</source>
        <translation>
            <numerusform>分離を %n 回の反復で中止しました：{components}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Separation finished after %n iteration(s): {components}.</source>
        <translation>
            <numerusform>分離が %n 回の反復で完了しました：{components}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was done: what was meant is not here any more.</source>
        <translation>何も行われませんでした：対象がもうありません。</translation>
    </message>
    <message>
        <source>Wiener masks</source>
        <translation>ウィーナーマスク</translation>
    </message>
    <message>
        <source>Ratio masks</source>
        <translation>比率マスク</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <extracomment>The document, or the run that is shown, is another: the `Document`, and its `Changes`. There is another step, or one of them was gone to. A recording or a project was opened: what is known of it, an `Opened`. Something could not be done: a sentence. Nothing was written yet, for something would be cut off: a `WouldClip`.</extracomment>
        <translation>{name} を開く</translation>
    </message>
    <message>
        <source>Recover {name}</source>
        <translation>{name} を復旧</translation>
    </message>
    <message>
        <source>Continue as a new run, for parts were edited: {name}</source>
        <translation>新しい実行として続行（成分が編集済みのため）：{name}</translation>
    </message>
    <message>
        <source>Separate: {name}</source>
        <translation>分離：{name}</translation>
    </message>
    <message>
        <source>Continue: {name}</source>
        <translation>続行：{name}</translation>
    </message>
    <message>
        <source>Rename run: {name}</source>
        <translation>実行の名前を変更：{name}</translation>
    </message>
    <message>
        <source>Delete run: {name}</source>
        <translation>実行を削除：{name}</translation>
    </message>
    <message>
        <source>This band is removed from the selected components. What it held is left to the residual.</source>
        <translation>この帯域を選択した成分から取り除きます。含まれていた音は残差に残ります。</translation>
    </message>
    <message>
        <source>Remove a band</source>
        <extracomment>The band was accepted: its ends in Hz.</extracomment>
        <translation>帯域を除去</translation>
    </message>
    <message>
        <source>What lies between these two frequencies is removed</source>
        <translation>この二つの周波数の間が取り除かれます</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>下限(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>上限(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>除去(&amp;R)</translation>
    </message>
    <message>
        <source>Take the band out of the selected components; Undo brings it back</source>
        <translation>選んだ成分から帯域を取り除きます。元に戻すこともできます</translation>
    </message>
    <message>
        <source>As in the recording</source>
        <translation>録音のとおり</translation>
    </message>
    <message>
        <source>Peak at</source>
        <translation>ピークを指定</translation>
    </message>
    <message>
        <source>Loudness at</source>
        <translation>ラウドネスを指定</translation>
    </message>
    <message>
        <source>32-bit float keeps every value; the others cut off what is beyond full scale</source>
        <translation>32 ビット浮動小数点はすべての値を保ちます。ほかの形式はフルスケールを超えた部分を切り落とします</translation>
    </message>
    <message>
        <source>One gain for all files: the loudest reaches the level, and together they sound as before. Otherwise each file reaches it by a gain of its own.</source>
        <translation>すべてのファイルに同じゲインをかけます。最も大きいファイルが指定のレベルになり、合わせた音のバランスは変わりません。オフの場合は、ファイルごとのゲインで指定のレベルにします。</translation>
    </message>
    <message>
        <source>A page for the browser, with the sounds in it to be played</source>
        <translation>ブラウザで開くページ。音を再生できます</translation>
    </message>
    <message>
        <source>The spectrogram of each component, as its tile shows it</source>
        <translation>タイルに表示される、各成分のスペクトログラム</translation>
    </message>
    <message>
        <source>The model in numbers, for other programs</source>
        <translation>モデルの数値（ほかのプログラム用）</translation>
    </message>
    <message>
        <source>How the fit improved, for a spreadsheet</source>
        <translation>当てはまりがどう良くなったか（表計算用）</translation>
    </message>
    <message>
        <source>How the files were made, and how exactly they add up</source>
        <translation>ファイルがどう作られ、どれだけ正確に足し合わさるか</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>書き出す内容</translation>
    </message>
    <message>
        <source>&amp;Components</source>
        <translation>成分(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Mix, as the faders say</source>
        <translation>フェーダーどおりのミックス(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Residual, if anything is left over</source>
        <translation>残差(&amp;R)（残りがある場合）</translation>
    </message>
    <message>
        <source>What all components together leave out of the recording</source>
        <translation>すべての成分を合わせても録音に残る部分</translation>
    </message>
    <message>
        <source>A file for each source: its components, added up</source>
        <translation>音源ごとに一つのファイル。その成分を足したものです</translation>
    </message>
    <message>
        <source>A file for each component, as it sounds alone</source>
        <translation>成分ごとに一つのファイル。単独で聞こえるとおりです</translation>
    </message>
    <message>
        <source>All components, or those that were selected</source>
        <translation>すべての成分、または選ばれた成分</translation>
    </message>
    <message>
        <source>&amp;Sources</source>
        <translation>音源(&amp;S)</translation>
    </message>
    <message>
        <source>Which sources</source>
        <translation>書き出す音源</translation>
    </message>
    <message>
        <source>All sources, or one of them</source>
        <translation>すべての音源、またはそのうちの 1 つ</translation>
    </message>
    <message>
        <source>What you hear: with gains, what is muted and what is soloed</source>
        <translation>今聞こえているもの。ゲイン、ミュート、ソロを含みます</translation>
    </message>
    <message>
        <source>Which components</source>
        <translation>書き出す成分</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>まだありません</translation>
    </message>
    <message>
        <source>all ({n}), and the unassigned rest</source>
        <translation>すべて ({n}) と未割り当ての残り</translation>
    </message>
    <message>
        <source>all ({n})</source>
        <translation>すべて ({n})</translation>
    </message>
    <message>
        <source>only {name}</source>
        <translation>{name} のみ</translation>
    </message>
    <message>
        <source>only what is selected ({n})</source>
        <translation>選択したもののみ ({n})</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音声</translation>
    </message>
    <message>
        <source>&amp;Keep the balance between files</source>
        <translation>ファイル間のバランスを保つ(&amp;K)</translation>
    </message>
    <message>
        <source>Loudness as ITU-R BS.1770 measures it</source>
        <translation>ITU-R BS.1770 にもとづくラウドネス</translation>
    </message>
    <message>
        <source>Other rates than the recording&apos;s are resampled</source>
        <translation>録音と違うレートには変換されます</translation>
    </message>
    <message>
        <source>What the loudest file reaches, or with its own gain each</source>
        <translation>最も大きいファイル、または各ファイルがそれぞれ届くレベル</translation>
    </message>
    <message>
        <source>Level of the files</source>
        <translation>ファイルのレベル</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>形式(&amp;F)</translation>
    </message>
    <message>
        <source>Sample r&amp;ate</source>
        <translation>サンプルレート(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Level</source>
        <translation>レベル(&amp;L)</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>サンプルレート</translation>
    </message>
    <message>
        <source>Level</source>
        <extracomment>The person has seen that it clipped.</extracomment>
        <translation>レベル</translation>
    </message>
    <message>
        <source>the recording&apos;s ({rate_hz} Hz)</source>
        <translation>録音と同じ（{rate_hz} Hz）</translation>
    </message>
    <message>
        <source>Beside it</source>
        <translation>付属ファイル</translation>
    </message>
    <message>
        <source>May have {fields} in it</source>
        <extracomment>Nothing in particular was asked for.</extracomment>
        <translation>{fields} を使えます</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Pattern of the names</source>
        <translation>ファイル名のパターン</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Where the files go; a folder that is not there is made</source>
        <translation>ファイルの保存先。ないフォルダは作られます</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>書き出される内容</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>参照(&amp;B)…</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>フォルダを選びます</translation>
    </message>
    <message>
        <source>&amp;Names</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>F&amp;older</source>
        <translation>フォルダー(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>書き出し(&amp;E)</translation>
    </message>
    <message>
        <source>Write the files, in the background; what you hear goes on</source>
        <translation>裏でファイルを書き出します。再生は続きます</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Export %n file(s)</source>
        <translation>
            <numerusform>%n 個のファイルを書き出し(&amp;E)</numerusform>
        </translation>
    </message>
    <message>
        <source>1 of them exists there already and will be replaced.</source>
        <translation>このうち 1 個はすでにあり、置き換えられます。</translation>
    </message>
    <message>
        <source>{n} of them exist there already and will be replaced.</source>
        <translation>このうち {n} 個はすでにあり、置き換えられます。</translation>
    </message>
    <message>
        <source>Choose a folder to write to.</source>
        <translation>書き出し先のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Choose what to write.</source>
        <translation>書き出す内容を選んでください。</translation>
    </message>
    <message>
        <source>Folder for the files</source>
        <translation>ファイルのフォルダー</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Search for an action</source>
        <translation>操作を検索</translation>
    </message>
    <message>
        <source>Show only the actions with this in their name or menu</source>
        <translation>名前かメニューにこの語を含む操作だけを表示します</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作とそのキー</translation>
    </message>
    <message>
        <source>Click the keys of an action and press others</source>
        <translation>操作のキーをクリックし、別のキーを押してください</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>メニュー</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Keys of {text}</source>
        <translation>{text} のキー</translation>
    </message>
    <message>
        <source>Press the keys for this. {tip}</source>
        <translation>この操作のキーを押してください。{tip}</translation>
    </message>
    <message>
        <source>Use these keys from now on</source>
        <translation>これからこのキーを使います</translation>
    </message>
    <message>
        <source>The keys that the program came with</source>
        <translation>プログラムの最初のキー</translation>
    </message>
    <message>
        <source>{keys} is wanted for {actions}.</source>
        <translation>{keys} が {actions} で重複しています。</translation>
    </message>
    <message>
        <source> and </source>
        <translation> と </translation>
    </message>
    <message>
        <source>Components that sound alike are put together. Listen, change what is wrong, and take the groups as your sources; Undo brings the old ones back.</source>
        <translation>似た音の成分をまとめました。聴いて確かめ、違うところを直してから、音源として採用してください。「元に戻す」で以前の音源に戻せます。</translation>
    </message>
    <message>
        <source>What you painted stays: {names} keep their names and strokes, and each takes the group that its strokes are on.</source>
        <translation>塗ったものは残ります：{names} は名前とストロークを保ち、それぞれ自分のストロークがあるグループを受け取ります。</translation>
    </message>
    <message>
        <source>Suggest sources</source>
        <extracomment>Of the number of sources: it is suggested too. The number of sources (None: suggest it), and whether activations count. Some components are to be heard without the others, or no longer: their indices. The proposal was taken: a label for each component, −1 for none. It was taken, and the person wants to be asked about what is doubtful.</extracomment>
        <translation>音源を提案</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Number of sources</source>
        <translation>音源の数</translation>
    </message>
    <message>
        <source>How many sources there are; Automatic: as many as differ clearly</source>
        <translation>音源の数。「自動」では、はっきり異なる数だけ作ります</translation>
    </message>
    <message>
        <source>&amp;Rhythm counts too</source>
        <translation>リズムも考慮する(&amp;R)</translation>
    </message>
    <message>
        <source>Components that set in and end alike belong together, not only those that sound alike</source>
        <translation>音色が似た成分だけでなく、始まりと終わりがそろう成分も同じ音源にまとめます</translation>
    </message>
    <message>
        <source>Group the components so (Ctrl+Enter); Undo brings the old sources back</source>
        <translation>このとおりに成分をまとめます (Ctrl+Enter)。元に戻すと前の音源に戻ります</translation>
    </message>
    <message>
        <source>Make them and &amp;ask me</source>
        <translation>作って質問に答える(&amp;A)</translation>
    </message>
    <message>
        <source>Make these sources, then be played what is doubtful and say which source it is</source>
        <translation>これらの音源を作り、続けて疑わしい箇所を聞いてどの音源かを答えます</translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) proposed; likely right: {share:.0f} % of the sound</source>
        <translation>
            <numerusform>%n 個の音源を提案しています。おそらく正しいのは音の {share:.0f} % です</numerusform>
        </translation>
    </message>
    <message>
        <source>That is not sure. Ask me plays places that are doubtful and asks you which source they are of: every answer sorts what sounds like it.</source>
        <translation>これは確かではありません。「質問に答える」では、疑わしい箇所が再生され、どの音源かを尋ねられます。一つ答えるたびに、似た音も振り分けられます。</translation>
    </message>
    <message>
        <source>Listening …</source>
        <translation>聴き比べています…</translation>
    </message>
    <message>
        <source>Component</source>
        <extracomment>The person chose another source for a component: its row.</extracomment>
        <translation>成分</translation>
    </message>
    <message>
        <source>From</source>
        <extracomment>The edges of a place, in the order of the fields, with their names and units.</extracomment>
        <translation>開始</translation>
    </message>
    <message>
        <source>Start of the place, in seconds</source>
        <translation>箇所の始まり（秒）</translation>
    </message>
    <message>
        <source>to</source>
        <comment>from … to</comment>
        <translation>終了</translation>
    </message>
    <message>
        <source>End of the place, in seconds</source>
        <translation>箇所の終わり（秒）</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>Lower end of the band, in Hz</source>
        <translation>帯域の下限（Hz）</translation>
    </message>
    <message>
        <source>high</source>
        <comment>low … high</comment>
        <translation>上限</translation>
    </message>
    <message>
        <source>Upper end of the band, in Hz</source>
        <translation>帯域の上限（Hz）</translation>
    </message>
    <message>
        <source>This stroke was painted free hand. Change makes a box of these numbers of it.</source>
        <translation>このストロークは手で描かれたものです。「変更」を押すと、この数値のボックスになります。</translation>
    </message>
    <message>
        <source>Some of this stroke was erased. Change makes a whole box of it again.</source>
        <translation>このストロークは一部が消されています。「変更」を押すと、欠けのないボックスに戻ります。</translation>
    </message>
    <message>
        <source>Source of the stroke</source>
        <extracomment>A stroke is to be added: the place, and the source. The selected strokes are to be changed: a place or None, and a source or None. The place, of what is chosen: a source or None, and whether it is what is heard.</extracomment>
        <translation>ストロークの音源</translation>
    </message>
    <message>
        <source>What the place belongs to</source>
        <translation>この箇所が属する音源</translation>
    </message>
    <message>
        <source>What to hear of the place</source>
        <translation>この箇所の何を聴くか</translation>
    </message>
    <message>
        <source>Of what the place is heard and exported</source>
        <translation>この箇所を何について聴き、書き出すか</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Add a stroke</source>
        <translation>ストロークを追加</translation>
    </message>
    <message>
        <source>Add this place as a stroke of the source</source>
        <translation>この箇所をこの音源のストロークとして追加します</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>変更</translation>
    </message>
    <message>
        <source>Change the selected strokes</source>
        <translation>選択したストロークを変更</translation>
    </message>
    <message>
        <source>Give the selected stroke these numbers and this source; several get the source</source>
        <translation>選択したストロークをこの数値と音源にします。複数のときは音源だけを変えます</translation>
    </message>
    <message>
        <source>Hear box</source>
        <translation>ボックスを聴く</translation>
    </message>
    <message>
        <source>Hear just this place, once; again: what was heard before</source>
        <translation>この箇所だけを 1 回聴きます。もう一度押すと、前に聴いていたものに戻ります</translation>
    </message>
    <message>
        <source>Export box…</source>
        <translation>ボックスを書き出す…</translation>
    </message>
    <message>
        <source>Write just this place as a sound file</source>
        <translation>この箇所だけを音声ファイルに書き出します</translation>
    </message>
    <message>
        <source>Source</source>
        <extracomment>Title and tooltip of each column.</extracomment>
        <translation>音源</translation>
    </message>
    <message>
        <source>Of</source>
        <comment>hear the place of …</comment>
        <translation>対象</translation>
    </message>
    <message numerus="yes">
        <source>%n stroke(s) selected: Change gives them all to this source.</source>
        <translation>
            <numerusform>%n 個のストロークを選択中：「変更」を押すと、すべてこの音源のものになります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Hear it</source>
        <extracomment>With more it scrolls.</extracomment>
        <translation>試聴</translation>
    </message>
    <message>
        <source>Proposed sources</source>
        <translation>提案された音源</translation>
    </message>
    <message>
        <source>Space or Enter: hear all that is proposed for a source; again: what was heard</source>
        <translation>Space または Enter：音源に提案された成分をまとめて聴きます。もう一度押すと元の音に戻ります</translation>
    </message>
    <message>
        <source>Components and their proposed sources</source>
        <translation>成分と、提案された音源</translation>
    </message>
    <message>
        <source>Source of {name}</source>
        <translation>{name} の音源</translation>
    </message>
    <message>
        <source>The source that this component goes into</source>
        <translation>この成分が入る音源</translation>
    </message>
    <message>
        <source>Hear {name} alone</source>
        <translation>{name} だけを聴く</translation>
    </message>
    <message>
        <source>&amp;Number of sources</source>
        <translation>音源の数(&amp;N)</translation>
    </message>
    <message>
        <source>Make these sources</source>
        <translation>この音源を作成</translation>
    </message>
    <message>
        <source>Which source each component is proposed for. Space or Enter: hear it. ← →: another source. 1 to 9: that source. 0: none.</source>
        <extracomment>Of a component that goes into no source. A component that is less likely to be right is doubtful.</extracomment>
        <translation>各成分に提案された音源です。Space または Enter：聴く。← →：別の音源。1～9：その音源。0：なし。</translation>
    </message>
    <message>
        <source>Likely right</source>
        <translation>確からしさ</translation>
    </message>
    <message>
        <source>Source {number}</source>
        <translation>音源 {number}</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>{share:.0f} %</source>
        <translation>{share:.0f} %</translation>
    </message>
    <message>
        <source>Clearly like the others there</source>
        <translation>同じ音源のほかの成分とよく似ています</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>確かではありません</translation>
    </message>
    <message>
        <source>{chance} likely right</source>
        <translation>確からしさ {chance}</translation>
    </message>
    <message>
        <source>Hear all that is proposed for source {number}</source>
        <translation>音源 {number} に提案された成分をまとめて聴きます</translation>
    </message>
    <message>
        <source>An export is still being written.</source>
        <extracomment>What is going on, by the kind of job.</extracomment>
        <translation>書き出しがまだ続いています。</translation>
    </message>
    <message>
        <source>A component is still being split.</source>
        <translation>成分をまだ分割しています。</translation>
    </message>
    <message>
        <source>Your work is still being saved.</source>
        <translation>作業内容をまだ保存しています。</translation>
    </message>
    <message>
        <source>A plot is still being saved or copied.</source>
        <translation>グラフをまだ保存またはコピーしています。</translation>
    </message>
    <message>
        <source>Save what you did with “{name}”?</source>
        <translation>「{name}」の作業内容を保存しますか？</translation>
    </message>
    <message>
        <source>Runs, sources and edits are lost if you do not save them.</source>
        <translation>保存しないと、実行、音源、編集は失われます。</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>破棄(&amp;D)</translation>
    </message>
    <message>
        <source>It goes on while you decide, and if you go back. If you stop and save, it is kept as far as it has come, and can be continued later; unsaved work is lost if you discard.</source>
        <translation>お決めになるまで、また戻った場合も、実行は続きます。停止して保存すると、それまでの結果が残り、あとで続けることができます。破棄すると、保存していない作業は失われます。</translation>
    </message>
    <message>
        <source>The runs that wait for it are not begun then.</source>
        <translation>その場合、待っている実行は始まりません。</translation>
    </message>
    <message>
        <source>A run is still going on. Stop it?</source>
        <translation>実行がまだ続いています。停止しますか？</translation>
    </message>
    <message>
        <source>Stop and &amp;save</source>
        <translation>停止して保存(&amp;S)</translation>
    </message>
    <message>
        <source>Stop and &amp;discard</source>
        <translation>停止して破棄(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Go back</source>
        <translation>戻る(&amp;G)</translation>
    </message>
    <message>
        <source>You can wait until that has ended. If you do not wait, it is cancelled: nothing of it is kept, no unfinished file is left, and files from before stay as they are.</source>
        <translation>終わるまで待つことができます。待たない場合はキャンセルされ、その結果は残りません。書きかけのファイルは残らず、以前のファイルはそのままです。</translation>
    </message>
    <message>
        <source>&amp;Wait for it</source>
        <translation>終わるまで待つ(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Cancel it</source>
        <translation>キャンセルする(&amp;C)</translation>
    </message>
    <message>
        <source>“{name}” was changed since you opened or saved it here.</source>
        <translation>「{name}」は、ここで開いたか保存した後に変更されています。</translation>
    </message>
    <message>
        <source>Another window, program or computer has saved into it. Save your work under another name to keep both, or overwrite what the others did.</source>
        <translation>別のウィンドウ、プログラム、またはコンピューターが保存しました。別の名前で保存して両方を残すか、ほかの変更を上書きしてください。</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>名前を付けて保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Overwrite</source>
        <translation>上書き(&amp;O)</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <extracomment>Below this the sum of the parts is the recording but for rounding. What was written, or why something could not be done: a sentence. Files were written into this folder.</extracomment>
        <translation>まだ何も書き出していません。</translation>
    </message>
    <message>
        <source>&amp;Lower all of them</source>
        <translation>すべて下げる(&amp;L)</translation>
    </message>
    <message>
        <source>Export &amp;anyway</source>
        <translation>そのまま書き出す(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written to {folder}.</source>
        <translation>
            <numerusform>%n 個のファイルを {folder} に書き出しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>The residual is empty and was not written.</source>
        <translation>残差は空なので書き出していません。</translation>
    </message>
    <message>
        <source>Nothing was written: “{ending}” is no format for sound. Choose WAV, for example.</source>
        <extracomment>What was written, or why something could not be done: a sentence. A file was written into this folder.</extracomment>
        <translation>何も書き出されませんでした。「{ending}」は音声の形式ではありません。WAV などを選んでください。</translation>
    </message>
    <message>
        <source>{name} is written as soon as the export before it has ended.</source>
        <translation>{name} は、前の書き出しが終わりしだい書き出されます。</translation>
    </message>
    <message>
        <source>Export the box: {name}</source>
        <translation>ボックスの書き出し：{name}</translation>
    </message>
    <message>
        <source>{name} written to {folder}.</source>
        <translation>{name} を {folder} に書き出しました。</translation>
    </message>
    <message>
        <source>Cut off at full scale: {files}.</source>
        <translation>フルスケールで切り落とされました：{files}。</translation>
    </message>
    <message>
        <source>The folder {folder} could not be opened.</source>
        <translation>フォルダー {folder} を開けませんでした。</translation>
    </message>
    <message>
        <source>Read back, they add up to the recording: {level_db:.0f} dB.</source>
        <translation>読み戻して確認したところ、合計は録音と一致します：{level_db:.0f} dB。</translation>
    </message>
    <message>
        <source>Read back, they add up to the recording but for the dither of 16 bits: {level_db:.0f} dB.</source>
        <translation>読み戻した合計は、16 ビットのディザを除いて録音と一致します：{level_db:.0f} dB。</translation>
    </message>
    <message>
        <source>Read back, their sum differs from the recording (as ratio masks and lossy formats do): {level_db:.0f} dB.</source>
        <translation>読み戻して確認したところ、合計は録音と異なります（比率マスクや非可逆形式ではこうなります）：{level_db:.0f} dB。</translation>
    </message>
    <message>
        <source>{names} and {n} more</source>
        <translation>{names} ほか {n} 個</translation>
    </message>
    <message>
        <source>{listed} would be cut off at full scale, by up to {over_db:.1f} dB. All files can be lowered together so that none is; or cancel, and choose WAV, 32-bit float, which keeps every peak.</source>
        <translation>{listed} はフルスケールを最大 {over_db:.1f} dB 超え、切り落とされます。すべてのファイルをまとめて下げれば防げます。または、キャンセルして、ピークをすべて保てる「WAV、32 ビット浮動小数点」を選んでください。</translation>
    </message>
    <message>
        <source>isnmf demo parts</source>
        <translation>isnmf デモのパート</translation>
    </message>
    <message>
        <source>{stem} parts</source>
        <translation>{stem} のパート</translation>
    </message>
    <message>
        <source>Something went wrong inside the program; your work is still here.</source>
        <translation>プログラム内部で問題が発生しました。作業内容は失われていません。</translation>
    </message>
    <message>
        <source>There is not enough memory for this. Try a shorter recording or fewer bases.</source>
        <translation>メモリが足りません。短い録音にするか、基底の数を減らしてください。</translation>
    </message>
    <message>
        <source>The recording&apos;s file was changed or removed since it was opened: the project holds its samples as 32-bit float WAV instead.</source>
        <translation>録音のファイルが開いた後に変更または削除されました。プロジェクトには、代わりにサンプルを 32 ビット浮動小数点の WAV として保存しました。</translation>
    </message>
    <message>
        <source>Recordings and projects ({sounds} *{suffix});;Projects (*{suffix});;All files (*)</source>
        <translation>録音とプロジェクト ({sounds} *{suffix});;プロジェクト (*{suffix});;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Opening {name} …</source>
        <translation>{name} を開いています…</translation>
    </message>
    <message>
        <source>{name} was not opened: another file is coming.</source>
        <translation>{name} は開きませんでした。別のファイルを開いているところです。</translation>
    </message>
    <message numerus="yes">
        <source>{name} was opened; %n other(s) were not: one file is open at a time.</source>
        <translation>
            <numerusform>{name} を開きました。ほかの %n 個は開いていません。一度に開けるファイルは一つです。</numerusform>
        </translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近使ったファイル(&amp;R)</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>まだありません</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>一覧を消去(&amp;F)</translation>
    </message>
    <message>
        <source>Empty this list; the files stay where they are</source>
        <translation>この一覧を空にします。ファイルはそのままです</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>プロジェクトを保存</translation>
    </message>
    <message>
        <source>Projects (*{suffix})</source>
        <translation>プロジェクト (*{suffix})</translation>
    </message>
    <message>
        <source>Saving {name} …</source>
        <translation>{name} を保存しています…</translation>
    </message>
    <message>
        <source>{name} is saved as soon as the file before it is written.</source>
        <translation>{name} は、前のファイルの書き込みが終わりしだい保存されます。</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name} として保存しました。</translation>
    </message>
    <message>
        <source>{name} was not saved yet.</source>
        <translation>{name} はまだ保存していません。</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>ミックス</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>録音</translation>
    </message>
    <message>
        <source>{what}, {place}</source>
        <translation>{what}、{place}</translation>
    </message>
    <message>
        <source>{start}–{stop}, {low}–{high} Hz</source>
        <translation>{start}–{stop}、{low}–{high} Hz</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>There is nothing to hear: this place is outside the recording.</source>
        <extracomment>Steps that the keyboard takes in time. What is heard alone now: the indices of components; none where nothing is. Another box is heard alone, or none any more: a `BoxHeard` or None. Something could not be done: a sentence. How loud every component is at the playhead, by its index; None: nothing plays.</extracomment>
        <translation>聴けるものがありません。この場所は録音の外です。</translation>
    </message>
    <message>
        <source>Paused: {what}</source>
        <translation>一時停止中：{what}</translation>
    </message>
    <message>
        <source>{what} alone</source>
        <translation>{what} のみ</translation>
    </message>
    <message>
        <source>{output} of run {id}</source>
        <translation>実行 {id} の{output}</translation>
    </message>
    <message>
        <source>As the des&amp;ktop</source>
        <translation>デスクトップに合わせる(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>ライト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>ダーク(&amp;D)</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>言語は、次にプログラムを起動したときに変わります。</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>テーマ(&amp;T)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>言語 / Language(&amp;G)</translation>
    </message>
    <message>
        <source>The colours of the window, from now on</source>
        <translation>これからのウィンドウの色</translation>
    </message>
    <message>
        <source>The language of the window, when the program is started again</source>
        <translation>次に起動したときのウィンドウの言語</translation>
    </message>
    <message>
        <source>isnmf-gui {version}

Separates recordings into components with Itakura-Saito non-negative matrix factorization. MIT licence.</source>
        <translation>isnmf-gui {version}

板倉・齋藤ダイバージェンスにもとづく非負値行列因子分解（IS-NMF）で、録音を成分に分離します。MIT ライセンス。</translation>
    </message>
    <message>
        <source>Cancelled; nothing was opened.</source>
        <translation>中止しました。何も開いていません。</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>中止しました。何も書き出していません。</translation>
    </message>
    <message>
        <source>Cancelled; nothing was split.</source>
        <translation>中止しました。何も分割していません。</translation>
    </message>
    <message>
        <source>Cancelled; nothing is asked.</source>
        <translation>中止しました。質問はしません。</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>スペクトログラム</translation>
    </message>
    <message>
        <source>Loss</source>
        <extracomment>A loss of zero has no place on a logarithmic axis.</extracomment>
        <translation>損失</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>基底</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>アクティベーション</translation>
    </message>
    <message>
        <source>Save or copy a p&amp;lot</source>
        <translation>図を保存またはコピー(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>再開(&amp;R)</translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed.</source>
        <translation>中止しました。何も変更していません。</translation>
    </message>
    <message>
        <source>Mute {what}</source>
        <translation>{what} をミュート</translation>
    </message>
    <message>
        <source>Unmute {what}</source>
        <translation>{what} のミュートを解除</translation>
    </message>
    <message>
        <source>Solo {what}</source>
        <translation>{what} をソロ</translation>
    </message>
    <message>
        <source>End solo of {what}</source>
        <translation>{what} のソロを解除</translation>
    </message>
    <message>
        <source>Gain of {what}</source>
        <translation>{what} のゲイン</translation>
    </message>
    <message>
        <source>Rename {what}</source>
        <translation>{what} の名前を変更</translation>
    </message>
    <message>
        <source>Group {what}</source>
        <translation>{what} を音源にまとめる</translation>
    </message>
    <message>
        <source>Ungroup {what}</source>
        <translation>{what} を音源から外す</translation>
    </message>
    <message>
        <source>Reset mix</source>
        <translation>ミックスをリセット</translation>
    </message>
    <message>
        <source>This project holds no recording.</source>
        <extracomment>Reads a document, telling the share that is done; None if it was stopped.</extracomment>
        <translation>このプロジェクトには録音が含まれていません。</translation>
    </message>
    <message>
        <source>Range of levels</source>
        <extracomment>Lowest and highest level in dB. Room above and below the bar, so that it stands level with the picture.</extracomment>
        <translation>レベルの範囲</translation>
    </message>
    <message>
        <source>the loudest point</source>
        <translation>最も大きい点</translation>
    </message>
    <message>
        <source>Colours of the levels, in dB below {zero}.
Drag an end to move it, the middle to move both. Wheel: narrower or wider. Double-click: as at first.
Keys: up and down move it, + and − make it narrower or wider, Home resets it.</source>
        <translation>レベルの色（{zero}を基準とした dB）。
端をドラッグするとその端を、中央をドラッグすると両端を動かします。ホイール：範囲を狭く、または広く。ダブルクリック：初期状態に戻す。
キー：上下で移動、+ と − で範囲を狭く、または広く、Home で初期状態に戻します。</translation>
    </message>
    <message>
        <source>{low:.0f} to {high:.0f} dB</source>
        <translation>{low:.0f}〜{high:.0f} dB</translation>
    </message>
    <message>
        <source>By number</source>
        <extracomment>Name and explanation by key.</extracomment>
        <translation>番号順</translation>
    </message>
    <message>
        <source>By energy</source>
        <translation>エネルギー順</translation>
    </message>
    <message>
        <source>Loudest first</source>
        <translation>大きい音から</translation>
    </message>
    <message>
        <source>By pitch</source>
        <translation>音高順</translation>
    </message>
    <message>
        <source>Lowest first; those without a pitch come last</source>
        <translation>低い音から。音高のないものは最後</translation>
    </message>
    <message>
        <source>By brightness</source>
        <translation>明るさ順</translation>
    </message>
    <message>
        <source>Darkest first</source>
        <translation>暗い音から</translation>
    </message>
    <message>
        <source>By onset rate</source>
        <translation>立ち上がりの多い順</translation>
    </message>
    <message>
        <source>Those that set in most often first</source>
        <translation>音の立ち上がりが多いものから</translation>
    </message>
    <message>
        <source>By source</source>
        <translation>音源順</translation>
    </message>
    <message>
        <source>Sources together; what belongs to none comes last</source>
        <translation>音源ごとに並べます。どの音源にも属さないものは最後</translation>
    </message>
    <message>
        <source>Order of the components. While a run goes on they keep their places; choose the order again to sort anew.</source>
        <extracomment>With more the heading needs more room than is kept for it.</extracomment>
        <translation>成分の並び順。実行中は位置が変わりません。並べ直すには、もう一度選んでください。</translation>
    </message>
    <message>
        <source>All gains to 0 dB, nothing muted, nothing soloed</source>
        <translation>すべてのゲインを 0 dB にし、ミュートとソロを解除します</translation>
    </message>
    <message>
        <source>Order of the components</source>
        <translation>成分の並び順</translation>
    </message>
    <message>
        <source>Compact tiles</source>
        <translation>タイルを小さく表示</translation>
    </message>
    <message>
        <source>Compact tiles: more of them fit</source>
        <translation>タイルを小さく表示して、より多く並べます</translation>
    </message>
    <message>
        <source>Components</source>
        <extracomment>Where there is room tiles are larger, by this factor at most. Tiles lie under the box that is being drawn: their indices, and the modifiers. The tiles have another order, or there are others. What Tab goes on from to the tiles.</extracomment>
        <translation>成分</translation>
    </message>
    <message>
        <source>{n_heard} of {n_components} heard</source>
        <translation>{n_components} 個中 {n_heard} 個を再生</translation>
    </message>
    <message>
        <source>Press Separate: every component appears here as a picture you can click and hear.</source>
        <translation>「分離」を押すと、すべての成分がここに図として現れ、クリックして聴けます。</translation>
    </message>
    <message>
        <source>Every component of this run was deleted. Undo brings them back.</source>
        <translation>この実行の成分はすべて削除されました。「元に戻す」で戻せます。</translation>
    </message>
    <message>
        <source>End solo</source>
        <translation>ソロを解除</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>ソロ</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>ミュート解除</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>ミュート</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Like component {number} of {run}</source>
        <translation>{run} の成分 {number} と同じ音</translation>
    </message>
    <message>
        <source>Hear alone</source>
        <translation>単独で聴く</translation>
    </message>
    <message>
        <source>Reset gain</source>
        <translation>ゲインをリセット</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Group into a source</source>
        <translation>音源にまとめる</translation>
    </message>
    <message>
        <source>Remove from source</source>
        <translation>音源から外す</translation>
    </message>
    <message>
        <source>Save sound…</source>
        <translation>音声を保存…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>図を保存…</translation>
    </message>
    <message>
        <source>Save data as CSV…</source>
        <translation>データを CSV で保存…</translation>
    </message>
    <message>
        <source>Default device</source>
        <translation>既定のデバイス</translation>
    </message>
    <message>
        <source>Looking for devices …</source>
        <translation>デバイスを探しています…</translation>
    </message>
    <message>
        <source>Where to play. Opening the list looks for new devices.</source>
        <extracomment>The list is about to be looked at. The person chose a device: its name or None.</extracomment>
        <translation>再生先。一覧を開くと新しいデバイスを探します。</translation>
    </message>
    <message>
        <source>Sound device</source>
        <translation>サウンドデバイス</translation>
    </message>
    <message>
        <source>What was done, the newest last. Click a step, or choose it with the arrow keys: go there.</source>
        <translation>行った操作（新しいものが最後）。クリックするか矢印キーで選ぶと、その時点に移ります。</translation>
    </message>
    <message>
        <source>saved here</source>
        <translation>ここで保存</translation>
    </message>
    <message>
        <source>History</source>
        <extracomment>The person wants to go to a step, by its place.</extracomment>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Level of what you hear: bar RMS, line peak. The mark at the end lights up once full scale was passed; click it to put it out.</source>
        <extracomment>Lower end of the scale, in dB of full scale. How fast the bars fall, and how long the highest peak stays.</extracomment>
        <translation>聴いている音のレベル。バーは RMS、線はピークです。フルスケールを超えると端の印が点灯し、クリックすると消えます。</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>channel {channel}</source>
        <translation>チャンネル {channel}</translation>
    </message>
    <message>
        <source>silent</source>
        <extracomment>Colours with their shares of a whole; None is the colour of what belongs to no source. So that more of them fit: a lower picture, and the energy gives way to the sound.</extracomment>
        <translation>無音</translation>
    </message>
    <message>
        <source>peak {peak:.0f}, RMS {rms:.0f} dB</source>
        <translation>ピーク {peak:.0f}、RMS {rms:.0f} dB</translation>
    </message>
    <message>
        <source>{level}, clipped</source>
        <translation>{level}、クリップ</translation>
    </message>
    <message>
        <source>Now: {levels}</source>
        <translation>現在：{levels}</translation>
    </message>
    <message>
        <source>The loss of every run is drawn here while it falls.</source>
        <translation>各実行の損失が下がっていくようすを、ここに描きます。</translation>
    </message>
    <message>
        <source>Log</source>
        <extracomment>A band of frequencies is to be removed: its ends in Hz.</extracomment>
        <translation>対数</translation>
    </message>
    <message>
        <source>Logarithmic loss axis; off: linear</source>
        <translation>損失の軸を対数にします。オフ：線形</translation>
    </message>
    <message>
        <source>Logarithmic loss axis</source>
        <translation>損失の対数軸</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>Show all curves whole again after zooming</source>
        <translation>拡大した後に、すべての曲線を全体表示に戻します</translation>
    </message>
    <message>
        <source>Show all loss curves whole</source>
        <translation>すべての損失曲線を全体表示</translation>
    </message>
    <message>
        <source>Loss over iterations</source>
        <translation>反復に対する損失</translation>
    </message>
    <message numerus="yes">
        <source>{label}: from {first} to {last} in %n iteration(s)</source>
        <translation>
            <numerusform>{label}：%n 回の反復で {first} から {last} へ</numerusform>
        </translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>反復</translation>
    </message>
    <message>
        <source>Itakura-Saito divergence after each iteration: lower fits better. Point at a curve or press ← and → to read it. Wheel: zoom. Drag: move.
+ and −: zoom in iterations; with Ctrl: in loss. Alt+arrow keys, Home and End: move.
It is a sum over all points of the spectrogram: compare runs with the same window and hop.</source>
        <translation>反復ごとの板倉・齋藤ダイバージェンス。低いほどよく当てはまっています。曲線にポインターを合わせるか、← と → で値を読めます。ホイール：拡大・縮小。ドラッグ：移動。
+ と −：反復の方向に拡大・縮小。Ctrl を押しながら：損失の方向。Alt+矢印キー、Home と End：移動。
スペクトログラムの全点での合計なので、窓とホップが同じ実行どうしを比べてください。</translation>
    </message>
    <message>
        <source>Iteration {iteration}</source>
        <translation>反復 {iteration}</translation>
    </message>
    <message>
        <source>Iteration {iteration}. {losses}</source>
        <translation>反復 {iteration}。{losses}</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>まだ実行がありません。</translation>
    </message>
    <message>
        <source>The components as their faders say</source>
        <translation>フェーダーどおりの成分</translation>
    </message>
    <message>
        <source>What the mix leaves out: mix and residual together are the recording</source>
        <translation>ミックスに含まれない残り。ミックスと残差を合わせると録音になります</translation>
    </message>
    <message>
        <source>What the factorization knows of the recording, faders aside</source>
        <translation>フェーダーに関係なく、因子分解がとらえた録音</translation>
    </message>
    <message>
        <source>What is heard</source>
        <extracomment>The person wants to hear something else: a key of `LABELS`.</extracomment>
        <translation>聴いているもの</translation>
    </message>
    <message>
        <source>Click or drag: play from here.
Drag from an end of the recording, or with Shift: mark a region. Drag its handles to change it, its inside to move it; double-click: no region.
Keys: [ and ] begin and end the region at the playhead; left and right move a handle, up and down choose which; Esc: no region.</source>
        <translation>クリックまたはドラッグ：ここから再生。
録音の端から、または Shift を押しながらドラッグ：範囲を指定。つまみをドラッグすると変更、内側をドラッグすると移動、ダブルクリックで範囲を解除します。
キー：[ と ] で再生位置を範囲の始まりと終わりに、左右でつまみを移動、上下でつまみを選択、Esc で範囲を解除します。</translation>
    </message>
    <message>
        <source>Overview of the recording</source>
        <extracomment>Which handle the arrow keys move: 0 is the start, 1 the end.</extracomment>
        <translation>録音の全体表示</translation>
    </message>
    <message>
        <source>no region is marked</source>
        <translation>範囲は選ばれていません</translation>
    </message>
    <message>
        <source>region {start} to {stop}</source>
        <translation>範囲 {start}〜{stop}</translation>
    </message>
    <message>
        <source>Recording of {duration}, loudest at {loudest}</source>
        <translation>録音 {duration}、最も大きいのは {loudest}</translation>
    </message>
    <message>
        <source>{name}: peak at {where}</source>
        <translation>{name}：ピーク {where}</translation>
    </message>
    <message>
        <source>Basis (dB, Hz)</source>
        <translation>基底（dB、Hz）</translation>
    </message>
    <message>
        <source>Logarithmic frequency axis: octaves are equally wide</source>
        <translation>対数周波数軸：オクターブの幅がそろいます</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Drag over a band of frequencies: it is removed from the selected components</source>
        <translation>周波数帯域をドラッグすると、選択した成分から取り除きます</translation>
    </message>
    <message>
        <source>Bases over frequency</source>
        <translation>周波数に対する基底</translation>
    </message>
    <message>
        <source>Level over frequency, below each basis&apos;s peak. Wheel, + or −: zoom. Alt+← and Alt+→, Home and End: move.</source>
        <translation>周波数ごとのレベル（各基底のピークからの差）。ホイール、+ または −：拡大・縮小。Alt+← と Alt+→、Home と End：移動。</translation>
    </message>
    <message>
        <source>Decibels below the loudest; otherwise amplitude</source>
        <extracomment>As far as the spectrogram can be zoomed in. The person zoomed or moved: start and end of what is seen, in seconds. The person drew: the first item, and power from there on, 1 at the most as it is shown.</extracomment>
        <translation>最大値を基準としたデシベル。オフの場合は振幅</translation>
    </message>
    <message>
        <source>Pencil</source>
        <translation>鉛筆</translation>
    </message>
    <message>
        <source>Draw the activation of the selected component; at the bottom it is silent</source>
        <translation>選択した成分のアクティベーションを描きます。いちばん下は無音です</translation>
    </message>
    <message>
        <source>Activations over time</source>
        <translation>時間に対するアクティベーション</translation>
    </message>
    <message>
        <source>Level over time. Click or drag: play from there. Wheel, + or −: zoom. Alt+← and Alt+→, Home and End: move. The spectrogram shows the same stretch.</source>
        <translation>時間ごとのレベル。クリックまたはドラッグ：そこから再生。ホイール、+ または −：拡大・縮小。Alt+← と Alt+→、Home と End：移動。スペクトログラムも同じ時間を表示します。</translation>
    </message>
    <message>
        <source>amplitude</source>
        <translation>振幅</translation>
    </message>
    <message>
        <source>Activation ({levels}, {times})</source>
        <translation>アクティベーション（{levels}、{times}）</translation>
    </message>
    <message>
        <source>Select components: their spectra and their levels over time are drawn here.</source>
        <translation>成分を選ぶと、スペクトルとレベルの時間変化をここに描きます。</translation>
    </message>
    <message>
        <source>Large plots</source>
        <extracomment>It asks for no more pixels than a small screen has left for it; what is higher is scrolled. The activation of the one selected component was drawn: first frame, values from there on. A band is to be removed from the selected components: its ends in Hz. The plots are to be large, or as before.</extracomment>
        <translation>大きいプロット</translation>
    </message>
    <message>
        <source>Back to the side of the window, and the spectrogram to its place (Ctrl+L)</source>
        <translation>プロットをウィンドウの端に、スペクトログラムを元の場所に戻します（Ctrl+L）</translation>
    </message>
    <message>
        <source>Show the plots large, in the place of the spectrogram (Ctrl+L)</source>
        <translation>スペクトログラムの場所にプロットを大きく表示します（Ctrl+L）</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <extracomment>A tooltip names so many; it has to have room on a screen.</extracomment>
        <translation>ほか {n} 個</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Run {id}</source>
        <extracomment>Gains in dB by index, perhaps beyond the ends of a fader. Changes of gains are one step between these: a fader was taken and is let go. Components are to go into a source: its id, and their indices. An action of the window is wanted for the selection, by its name. These components are to be written as sound. It is not known what the components of this run sound like. Returns the keys of an action of the window, to be named in menus. Returns what a run is called, by its number.</extracomment>
        <translation>実行 {id}</translation>
    </message>
    <message>
        <source>Run</source>
        <extracomment>Title, tooltip and content of each column.</extracomment>
        <translation>実行</translation>
    </message>
    <message>
        <source>Checked: its loss curve is drawn. The run in bold, with a dot on its line, is the one that is seen and heard.</source>
        <translation>チェックすると損失曲線を描きます。太字で線に点のある実行が、いま表示、再生しているものです。</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>更新則</translation>
    </message>
    <message>
        <source>Update rule</source>
        <translation>更新則</translation>
    </message>
    <message>
        <source>Domain: the model is (T V)^(2/p)</source>
        <translation>領域：モデルは (T V)^(2/p) です</translation>
    </message>
    <message>
        <source>Bases</source>
        <translation>基底</translation>
    </message>
    <message>
        <source>Number of components</source>
        <translation>成分の数</translation>
    </message>
    <message>
        <source>Iter.</source>
        <translation>反復</translation>
    </message>
    <message>
        <source>Iterations done</source>
        <translation>済んだ反復の回数</translation>
    </message>
    <message>
        <source>Loss after the last iteration</source>
        <translation>最後の反復後の損失</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Time taken, pauses left out</source>
        <translation>かかった時間（一時停止を除く）</translation>
    </message>
    <message>
        <source>seen and heard</source>
        <extracomment>A run is to be called something else. Other curves are to be drawn.</extracomment>
        <translation>表示・再生中</translation>
    </message>
    <message>
        <source>at {tolerance:g}</source>
        <translation>{tolerance:g} 未満</translation>
    </message>
    <message>
        <source>{rule}, p = {domain:g}, {bases}</source>
        <translation>{rule}、p = {domain:g}、{bases}</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n iteration(s) in {time}</source>
        <translation>
            <numerusform>%n 回中 {done} 回の反復、{time}</numerusform>
        </translation>
    </message>
    <message>
        <source>Loss {loss}</source>
        <translation>損失 {loss}</translation>
    </message>
    <message>
        <source>Start: {start}, seed {seed}</source>
        <translation>初期値：{start}、シード {seed}</translation>
    </message>
    <message>
        <source>Window {window_samples}, hop {hop_samples} samples</source>
        <translation>窓 {window_samples}、ホップ {hop_samples} サンプル</translation>
    </message>
    <message>
        <source>Noise floor {floor}, precision {precision}</source>
        <translation>ノイズフロア {floor}、精度 {precision}</translation>
    </message>
    <message>
        <source>Stop: {stop}</source>
        <translation>停止条件：{stop}</translation>
    </message>
    <message>
        <source>No runs yet. Press Separate, or Compare rules to run all three.</source>
        <translation>まだ実行がありません。「分離」を押すか、「更新則を比較」で三つすべてを実行してください。</translation>
    </message>
    <message>
        <source>Runs</source>
        <extracomment>Columns that are left out where there is little room, in this order: time, iterations, p, rule. A run is to do so many more iterations. Other curves are to be drawn.</extracomment>
        <translation>実行</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>実行を中止</translation>
    </message>
    <message>
        <source>Delete the selected run (Del)</source>
        <translation>選択した実行を削除します (Del)</translation>
    </message>
    <message>
        <source>Delete the run</source>
        <translation>実行を削除</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続行</translation>
    </message>
    <message>
        <source>Do more iterations of the selected run</source>
        <translation>選択した実行をさらに反復します</translation>
    </message>
    <message>
        <source>Continue the run</source>
        <translation>実行を続行</translation>
    </message>
    <message>
        <source>So many iterations more</source>
        <translation>追加する反復の回数</translation>
    </message>
    <message>
        <source>All runs of this recording. Click or Enter: see and hear it. F2 or double click: rename. Its box, or Space if you came by Tab: draw its loss curve or not. Del: delete.</source>
        <translation>この録音のすべての実行。クリックまたは Enter：表示と再生。F2 またはダブルクリック：名前を変更。チェックボックス、または Tab で来たときの Space：損失曲線の表示切り替え。Del：削除。</translation>
    </message>
    <message>
        <source>So many iterations more; at first those that are missing of the cancelled run</source>
        <translation>追加する反復の回数。最初は、キャンセルした実行の残りの回数です</translation>
    </message>
    <message>
        <source>Iterations to continue by</source>
        <translation>続行する反復の回数</translation>
    </message>
    <message>
        <source>Resume the run</source>
        <translation>実行を再開</translation>
    </message>
    <message>
        <source>Pause the run</source>
        <translation>実行を一時停止</translation>
    </message>
    <message>
        <source>Stop the run and keep what it has reached</source>
        <translation>実行を止めて、そこまでの結果を残します</translation>
    </message>
    <message>
        <source>See and hear</source>
        <translation>表示して聴く</translation>
    </message>
    <message>
        <source>Rename…	F2</source>
        <translation>名前を変更…	F2</translation>
    </message>
    <message>
        <source>Continue by {n_more}</source>
        <translation>さらに {n_more} 回反復</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Progress of looking for places</source>
        <extracomment>So many sources have a key; the others are in a menu. What was answered: the id of a source, `MIXED` or `SKIP`. The answer is a source that there is not yet. Enough was asked, the search is to end, or the bar to close: what it says on the button. A key was for a source that is locked: its name.</extracomment>
        <translation>箇所を探す作業の進み具合</translation>
    </message>
    <message>
        <source>More sources</source>
        <translation>他の音源</translation>
    </message>
    <message>
        <source>Choose one of the sources that have no key</source>
        <translation>キーのない音源から選びます</translation>
    </message>
    <message>
        <source>New source…</source>
        <translation>新しい音源…</translation>
    </message>
    <message>
        <source>It is of a source that is not here yet</source>
        <translation>まだここにない音源の音です</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>混ざっている</translation>
    </message>
    <message>
        <source>Several sources are heard: it says nothing about one of them</source>
        <translation>複数の音源が聞こえます。どれか一つのものとはしません</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>もう一度</translation>
    </message>
    <message>
        <source>Hear this place again</source>
        <translation>この箇所をもう一度聞きます</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>飛ばす</translation>
    </message>
    <message>
        <source>Ask about another place instead</source>
        <translation>代わりに別の箇所を尋ねます</translation>
    </message>
    <message>
        <source>Suggest sources…</source>
        <translation>音源を提案…</translation>
    </message>
    <message>
        <source>Enough</source>
        <translation>終わりにする</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Look no further, and ask nothing (Esc)</source>
        <translation>探すのをやめ、質問もしません (Esc)</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>今はしない</translation>
    </message>
    <message>
        <source>End here; what was answered stays (Esc)</source>
        <translation>ここで終わります。答えた分は残ります (Esc)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Close this bar (Esc)</source>
        <translation>このバーを閉じます (Esc)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Delete…	Del</source>
        <translation>削除…	Del</translation>
    </message>
    <message>
        <source>Automatic ({n_cores})</source>
        <extracomment>Parts are to be cut out another way, of the run that is shown too: &quot;wiener&quot; or &quot;ratio&quot;.</extracomment>
        <translation>自動（{n_cores}）</translation>
    </message>
    <message>
        <source>Separate</source>
        <translation>分離</translation>
    </message>
    <message>
        <source>Look for the components of the recording with these settings (Ctrl+R)</source>
        <translation>この設定で録音の成分を探します (Ctrl+R)</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>プリセット(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Bases (components)</source>
        <translation>基底（成分）(&amp;B)</translation>
    </message>
    <message>
        <source>R&amp;ule</source>
        <translation>更新則(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Domain p</source>
        <translation>領域 p(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Iterations</source>
        <translation>反復回数(&amp;I)</translation>
    </message>
    <message>
        <source>Stop</source>
        <comment>setting: when</comment>
        <translation>停止条件</translation>
    </message>
    <message>
        <source>S&amp;tart</source>
        <translation>初期値(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>シード(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窓(&amp;W)</translation>
    </message>
    <message>
        <source> samples</source>
        <translation> サンプル</translation>
    </message>
    <message>
        <source>H&amp;op</source>
        <translation>ホップ(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Noise floor</source>
        <translation>ノイズフロア(&amp;N)</translation>
    </message>
    <message>
        <source>Pre&amp;cision</source>
        <translation>精度(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>マスク(&amp;M)</translation>
    </message>
    <message>
        <source>Level of files</source>
        <translation>ファイルのレベル</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>スレッド数</translation>
    </message>
    <message>
        <source>Settings of the model</source>
        <translation>モデルの設定</translation>
    </message>
    <message>
        <source>window {milliseconds:.0f} ms, bins {hertz:.1f} Hz apart</source>
        <translation>窓 {milliseconds:.0f} ms、ビン間隔 {hertz:.1f} Hz</translation>
    </message>
    <message>
        <source>Fast – a quick look</source>
        <translation>高速 – 手早く確認</translation>
    </message>
    <message>
        <source>Quality – better separation</source>
        <translation>高品質 – よりよい分離</translation>
    </message>
    <message>
        <source>Notebook – the published example</source>
        <translation>ノートブック – 公開された例</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>カスタム</translation>
    </message>
    <message>
        <source>Fast – extrapolated</source>
        <translation>Fast – 外挿による加速</translation>
    </message>
    <message>
        <source>ME – majorize-equalize</source>
        <translation>ME – 補助関数の等化</translation>
    </message>
    <message>
        <source>MM – majorize-minimize</source>
        <translation>MM – 補助関数の最小化</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>ランダム</translation>
    </message>
    <message>
        <source>Tempered</source>
        <translation>段階的</translation>
    </message>
    <message>
        <source>Wiener – parts add up</source>
        <translation>ウィーナー – 合計が録音と一致</translation>
    </message>
    <message>
        <source>Ratio – as published</source>
        <translation>比率 – 公開された方法</translation>
    </message>
    <message>
        <source>After all iterations</source>
        <translation>すべての反復の後</translation>
    </message>
    <message>
        <source>Once below {percent:g} %</source>
        <translation>{percent:g} % を下回ったら</translation>
    </message>
    <message>
        <source>As published</source>
        <translation>公開された方法</translation>
    </message>
    <message>
        <source>Single – faster</source>
        <translation>単精度 – 高速</translation>
    </message>
    <message>
        <source>Double</source>
        <translation>倍精度</translation>
    </message>
    <message>
        <source>Each at full scale</source>
        <translation>それぞれフルスケール</translation>
    </message>
    <message>
        <source>Settings that go well together. Change any of them afterwards.</source>
        <translation>相性のよい設定の組み合わせ。あとから個別に変更できます。</translation>
    </message>
    <message>
        <source>How many components to separate into. Each holds one kind of sound: a note, a drum, a noise. More bases tell more sounds apart, and leave more pieces to sort.</source>
        <translation>分離する成分の数。一つの成分が、音符、打楽器、雑音など一種類の音を受け持ちます。基底を増やすと細かく区別できますが、整理する成分も増えます。</translation>
    </message>
    <message>
        <source>How a step is taken. ME needs about half as many iterations as MM, Fast about a quarter; all end at similar sounds. Run several to compare their loss curves.</source>
        <translation>一歩ごとの更新方法。必要な反復は、MM に比べて ME が約半分、Fast が約四分の一です。最後の音はどれもほぼ同じになります。いくつか実行して損失曲線を比べてみてください。</translation>
    </message>
    <message>
        <source>The model is (T V)^(2/p). p = 2 models power, p = 1 amplitude. Between them music often separates best; with p = 1 or 2 a run takes half the time.</source>
        <translation>モデルは (T V)^(2/p) です。p = 2 はパワー、p = 1 は振幅のモデルです。音楽はその間でよく分離できることが多く、p = 1 または 2 では実行時間が半分になります。</translation>
    </message>
    <message>
        <source>How long to go on at most. Watch the loss: once it is flat, more iterations change little.</source>
        <translation>反復の最大回数。損失を見て、平らになったら、それ以上反復してもほとんど変わりません。</translation>
    </message>
    <message>
        <source>When to stop: after all iterations, or once the loss falls by less than this share of itself per iteration, when the sounds hardly change any more.</source>
        <translation>いつ止めるか。すべての反復の後、または一回の反復での損失の減少率がこの値を下回り、音がほとんど変わらなくなったときです。</translation>
    </message>
    <message>
        <source>How many processor cores a run may use. Fewer leave more to other programs; the sounds are the same.</source>
        <translation>実行に使うプロセッサコアの数。減らすとほかのプログラムに余裕ができます。音は変わりません。</translation>
    </message>
    <message>
        <source>Where to begin. Random takes noise; Tempered first finds rough notes and strokes, which often separates better.</source>
        <translation>どこから始めるか。「ランダム」は雑音から始めます。「段階的」は、まずおおまかな音符や打音を見つけるので、よりよく分離できることが多くなります。</translation>
    </message>
    <message>
        <source>Number of the random start. Another seed gives other components; the same seed the same ones.</source>
        <translation>ランダムな初期値の番号。シードを変えると別の成分になり、同じシードなら同じ成分になります。</translation>
    </message>
    <message>
        <source>How much sound one column of the spectrogram sees. Longer windows tell close notes apart, shorter ones follow drums.</source>
        <translation>スペクトログラムの一列が見る音の長さ。長い窓は近い音程を区別し、短い窓は打楽器の動きを追います。</translation>
    </message>
    <message>
        <source>Distance from one window to the next. A quarter of the window is usual.</source>
        <translation>窓から次の窓までの間隔。窓の四分の一が一般的です。</translation>
    </message>
    <message>
        <source>How a component is cut out of the recording. Wiener shares every bit of sound out among the components, so together they give the recording exactly.</source>
        <translation>成分を録音から切り出す方法。「ウィーナー」はすべての音を成分に分け合うので、合わせるともとの録音と正確に一致します。</translation>
    </message>
    <message>
        <source>How quiet a sound still counts, compared with the recording&apos;s mean. Higher ignores faint noise, which often separates music better. As published: at an absolute level, so that the result depends on the recording&apos;s, and the loss of a very quiet one may rise.</source>
        <translation>録音の平均と比べて、どこまで小さい音を考慮するか。高くするとかすかな雑音を無視し、音楽がよりよく分離できることが多くなります。「公開された方法」は絶対的なレベルなので、結果が録音のレベルに左右され、ごく小さい録音では損失が上がることがあります。</translation>
    </message>
    <message>
        <source>Numbers with 7 or 16 digits. Single is faster and cannot be heard apart.</source>
        <translation>7 桁または 16 桁の数値。単精度のほうが速く、音の違いは聞き取れません。</translation>
    </message>
    <message>
        <source>Level of exported files. Files at full scale no longer add up to the recording.</source>
        <translation>書き出すファイルのレベル。フルスケールにすると、合計が録音と一致しなくなります。</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s)</source>
        <extracomment>Keys without a modifier that mean the source here, and elsewhere the selected components. It is to be seen large. Its small picture is to be drawn. It is to be heard without the others, or no longer. Components were dropped: their indices. A neighbour is to get the focus: −1 or 1. It is to be moved in the order: −1 or 1.</extracomment>
        <translation>
            <numerusform>%n 個の成分</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop components here. Click: select those it holds. Double-click or F2: rename. P: hear it alone. S: solo. M: mute. ← →: gain. Right-click: more.</source>
        <translation>ここに成分をドロップします。クリック：含まれる成分を選択。ダブルクリックまたは F2：名前を変更。P：単独で聴く。S：ソロ。M：ミュート。← →：ゲイン。右クリック：その他。</translation>
    </message>
    <message>
        <source>No longer hear only {what}</source>
        <translation>{what} だけを聴くのをやめます</translation>
    </message>
    <message>
        <source>Hear only {what}</source>
        <translation>{what} だけを聴きます</translation>
    </message>
    <message>
        <source>Let be heard again {what}</source>
        <translation>{what} を再び鳴らします</translation>
    </message>
    <message>
        <source>heard alone</source>
        <translation>単独で再生中</translation>
    </message>
    <message>
        <source>Silence {what}</source>
        <translation>{what} を無音にする</translation>
    </message>
    <message>
        <source>soloed</source>
        <translation>ソロ</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>ミュート</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>&lt;1 %</source>
        <translation>&lt;1 %</translation>
    </message>
    <message>
        <source>What it has of the recording&apos;s energy</source>
        <translation>録音のエネルギーに占める割合</translation>
    </message>
    <message>
        <source>What it has of the region&apos;s energy</source>
        <translation>範囲のエネルギーに占める割合</translation>
    </message>
    <message>
        <source>Stop this source alone (P)</source>
        <translation>この音源の単独再生を停止 (P)</translation>
    </message>
    <message>
        <source>Hear this source alone (P)</source>
        <translation>この音源だけを聴く (P)</translation>
    </message>
    <message>
        <source>There is nothing in it to be heard yet</source>
        <translation>聴けるものがまだ入っていません</translation>
    </message>
    <message>
        <source>Source {id}</source>
        <translation>音源 {id}</translation>
    </message>
    <message>
        <source>Sources are groups of components: drums, a voice. Select components and press Ctrl+G, or drag tiles onto a source. Suggest groups them by how they sound.</source>
        <translation>音源は、ドラムや声など、成分をまとめたものです。成分を選んで Ctrl+G を押すか、タイルを音源にドラッグしてください。「提案」は音の似かたでまとめます。</translation>
    </message>
    <message>
        <source>New source</source>
        <extracomment>The source is to be made, with this name or &quot;&quot;.
----------
Something for the status bar. Something for screen readers. The person wants to be asked about what is doubtful.
----------
Changes of a gain are one step between these: a fader was taken and is let go. A source is to stand at a place, from 0. Components are to go into a source: its id, and their indices. What is selected is to go into a source. The components of a source are to be selected. A source is to be seen large. The small picture of a source is to be drawn; rows are seen that were not before. A source is to be heard alone, or no longer. A source is to be written as sound.</extracomment>
        <translation>新しい音源</translation>
    </message>
    <message>
        <source>What the source is called; without a name it gets a number</source>
        <translation>音源の名前です。名前がなければ番号が付きます</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Make it</source>
        <translation>作る(&amp;M)</translation>
    </message>
    <message>
        <source>Make this source, and let it be the answer</source>
        <translation>この音源を作り、それを答えにします</translation>
    </message>
    <message>
        <source>Add a source that holds nothing yet</source>
        <translation>まだ何も含まない音源を追加します</translation>
    </message>
    <message>
        <source>Suggest…</source>
        <translation>提案…</translation>
    </message>
    <message>
        <source>Ask me…</source>
        <translation>質問に答える…</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>音源</translation>
    </message>
    <message>
        <source>Export this source…</source>
        <translation>この音源を書き出す…</translation>
    </message>
    <message>
        <source>Export what is unassigned…</source>
        <translation>未割り当ての成分を書き出す…</translation>
    </message>
    <message>
        <source>Stop	P</source>
        <translation>停止	P</translation>
    </message>
    <message>
        <source>Hear alone	P</source>
        <translation>単独で聴く	P</translation>
    </message>
    <message>
        <source>See it large</source>
        <translation>大きく表示</translation>
    </message>
    <message>
        <source>Put the selected components here</source>
        <translation>選択した成分をここに入れる</translation>
    </message>
    <message>
        <source>Take the selected components out</source>
        <translation>選択した成分を外す</translation>
    </message>
    <message>
        <source>Select what it holds	Enter</source>
        <translation>含まれる成分を選択	Enter</translation>
    </message>
    <message>
        <source>Solo	S</source>
        <translation>ソロ	S</translation>
    </message>
    <message>
        <source>Mute	M</source>
        <translation>ミュート	M</translation>
    </message>
    <message>
        <source>Gain to 0 dB	Ctrl+click</source>
        <translation>ゲインを 0 dB に	Ctrl+クリック</translation>
    </message>
    <message>
        <source>Move up	Ctrl+Up</source>
        <translation>上へ移動	Ctrl+↑</translation>
    </message>
    <message>
        <source>Move down	Ctrl+Down</source>
        <translation>下へ移動	Ctrl+↓</translation>
    </message>
    <message>
        <source>Delete the source	Del</source>
        <translation>音源を削除	Del</translation>
    </message>
    <message>
        <source>Separate the recording first; nothing is asked while a separation goes on</source>
        <translation>まず録音を分離してください。分離の途中は質問できません</translation>
    </message>
    <message>
        <source>What it holds is unassigned then</source>
        <translation>含まれる成分は未割り当てになります</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Colour {number}</source>
        <translation>色 {number}</translation>
    </message>
    <message>
        <source>The recording&apos;s own spectrogram</source>
        <translation>録音そのもののスペクトログラム</translation>
    </message>
    <message>
        <source>What all components together stand for: what was factorized</source>
        <translation>すべての成分を合わせたもの、つまり因子分解の結果</translation>
    </message>
    <message>
        <source>The component that was clicked last</source>
        <translation>最後にクリックした成分</translation>
    </message>
    <message>
        <source>What the chosen source is heard as</source>
        <translation>選んだ音源が聞こえるとおりの姿</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>色分け</translation>
    </message>
    <message>
        <source>Every place in the colour of the source that wins it, the paler the less surely</source>
        <translation>どの場所も、そこで最も強い音源の色で示します。不確かなほど淡くなります</translation>
    </message>
    <message>
        <source>What I hear</source>
        <translation>聴いている音</translation>
    </message>
    <message>
        <source>The recording as the faders leave it: what the play button plays</source>
        <translation>フェーダーを通した録音、つまり再生ボタンで鳴る音</translation>
    </message>
    <message>
        <source>by itself</source>
        <extracomment>To be played from this moment, also where it paused. A view was picked: &quot;recording&quot;, &quot;model&quot;, &quot;component&quot; or &quot;heard&quot;. A component is to be shown as it lies in the recording, or as the model has it. Start and end of what is seen, in seconds. A stroke was clicked on: its number.</extracomment>
        <translation>単独</translation>
    </message>
    <message>
        <source>in the recording</source>
        <translation>録音の中</translation>
    </message>
    <message>
        <source>How a component is shown</source>
        <translation>成分の表示方法</translation>
    </message>
    <message>
        <source>By itself: the component as the model has it. In the recording: what its mask cuts out of the recording, which is what you hear of it.</source>
        <translation>単独：モデルの中の成分そのもの。録音の中：マスクが録音から切り出す部分で、実際に聞こえる音です。</translation>
    </message>
    <message>
        <source>Log frequency</source>
        <translation>対数周波数</translation>
    </message>
    <message>
        <source>Logarithmic frequency axis: octaves are equally high, as on a keyboard</source>
        <translation>対数周波数軸：鍵盤のようにオクターブの高さがそろいます</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>追従</translation>
    </message>
    <message>
        <source>Turn the page when the playhead leaves what is seen</source>
        <translation>再生位置が表示範囲を出たら、ページを送ります</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Choose the colours of the spectrogram</source>
        <translation>スペクトログラムの色を選びます</translation>
    </message>
    <message>
        <source>Reset the range of levels</source>
        <translation>レベルの範囲をリセット</translation>
    </message>
    <message>
        <source>below {lowest:.0f} dB</source>
        <translation>{lowest:.0f} dB 未満</translation>
    </message>
    <message>
        <source>{title}. {start} to {stop}, {low_hz:.0f} to {high_hz:.0f} Hz, {low:.0f} to {high:.0f} dB; 0 dB is {zero}. Arrow keys read it.</source>
        <translation>{title}。{start}～{stop}、{low_hz:.0f}～{high_hz:.0f} Hz、{low:.0f}～{high:.0f} dB、0 dB は{zero}です。矢印キーで値を読めます。</translation>
    </message>
    <message>
        <source>Nothing is shown yet.</source>
        <translation>まだ何も表示していません。</translation>
    </message>
    <message>
        <source>Frequency (Hz)</source>
        <extracomment>Strokes lie below what dims them, the playhead and the cursor. Which source wins there, if it is sources that are seen. To be played from this moment, in seconds. The `Point` under the pointer, or else under the cursor; None where there is neither. Start and end of what is seen, in seconds. The picture has other colours, on which other ones show.</extracomment>
        <translation>周波数 (Hz)</translation>
    </message>
    <message>
        <source>s</source>
        <comment>unit of an axis</comment>
        <translation>s</translation>
    </message>
    <message>
        <source>m:ss</source>
        <translation>分:秒</translation>
    </message>
    <message>
        <source>h:mm:ss</source>
        <translation>時:分:秒</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <extracomment>What the axis is called, by the unit of its labels.</extracomment>
        <translation>時間 (s)</translation>
    </message>
    <message>
        <source>Time (m:ss)</source>
        <translation>時間 (分:秒)</translation>
    </message>
    <message>
        <source>Time (h:mm:ss)</source>
        <translation>時間 (時:分:秒)</translation>
    </message>
    <message>
        <source>Click: play from here. Drag: scrub.
Wheel: zoom in time; with Ctrl: zoom in frequency; with Shift: move in time.
Drag with the right button, or with Shift: zoom into a box. Middle button: move.
Double-click: show everything.
Arrow keys: read with a cursor; with Shift: in larger steps. Enter: play from the cursor. Esc: take it away.
Alt+arrow keys, Home and End: move. + and −: zoom in time; with Ctrl: in frequency.</source>
        <translation>クリック：ここから再生。ドラッグ：スクラブ再生。
ホイール：時間方向に拡大・縮小。Ctrl で周波数方向、Shift で時間方向に移動。
右ボタンで、または Shift を押しながらドラッグ：囲んだ部分を拡大。中ボタン：移動。
ダブルクリック：全体を表示。
矢印キー：カーソルで値を読む。Shift で大きく移動。Enter：カーソルから再生。Esc：カーソルを消す。
Alt+矢印キー、Home、End：移動。+ と −：時間方向に拡大・縮小。Ctrl で周波数方向。</translation>
    </message>
    <message>
        <source>Drag: paint. Click: paint one dab. Esc: give up what is being painted.
Wheel with Alt: size; the wheel alone zooms in time, with Ctrl in frequency, with Shift it moves in time.
Drag with the right button, or with Shift: zoom into a box. Drag with the middle button, or with Ctrl: move.
Arrow keys: move a cursor; with Shift: in larger steps. Enter: begin to paint there, and end it.
Alt+arrow keys, Home and End: move. + and −: zoom in time; with Ctrl: in frequency.</source>
        <translation>ドラッグ：描く。クリック：一点だけ描く。Esc：描きかけをやめる。
Alt+ホイール：大きさ。ホイールだけなら時間の拡大縮小、Ctrl を押すと周波数の拡大縮小、Shift を押すと時間の移動。
右ボタンのドラッグ、または Shift+ドラッグ：囲んだ範囲を拡大。中ボタンのドラッグ、または Ctrl+ドラッグ：移動。
矢印キー：カーソルを動かす。Shift を押すと大きく動く。Enter：そこから描き始める、描き終える。
Alt+矢印キー、Home、End：移動。+ と −：時間の拡大縮小、Ctrl を押すと周波数の拡大縮小。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Done: the loss has settled</source>
        <translation>完了：損失が落ち着きました</translation>
    </message>
    <message>
        <source>Done: the loss is as low as this precision can tell</source>
        <translation>完了：この精度で区別できる限り損失が下がりました</translation>
    </message>
    <message>
        <source>Cancelled; what was reached is kept</source>
        <translation>中止しました。そこまでの結果を残しました</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>モノラル</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>ステレオ</translation>
    </message>
    <message>
        <source>{n} channels</source>
        <translation>{n} チャンネル</translation>
    </message>
    <message>
        <source>It is digital silence: its components will be silent too.</source>
        <translation>完全な無音です。成分も無音になります。</translation>
    </message>
    <message>
        <source>time left unknown</source>
        <translation>残り時間は不明</translation>
    </message>
    <message>
        <source>{seconds:.0f} s left</source>
        <translation>残り {seconds:.0f} 秒</translation>
    </message>
    <message>
        <source>{seconds:.0f} min left</source>
        <translation>残り {seconds:.0f} 分</translation>
    </message>
    <message>
        <source>Open a recording to begin.</source>
        <translation>録音を開いて始めてください。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進捗</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <source>Open the folder {folder}</source>
        <translation>フォルダー {folder} を開きます</translation>
    </message>
    <message>
        <source>Exporting: {share:.0f} %</source>
        <translation>書き出し中：{share:.0f} %</translation>
    </message>
    <message>
        <source>Preparing the start …</source>
        <translation>初期値を準備しています…</translation>
    </message>
    <message>
        <source>Preparing the start … paused</source>
        <translation>初期値を準備しています… 一時停止中</translation>
    </message>
    <message>
        <source>Measuring the components …</source>
        <translation>成分を測っています…</translation>
    </message>
    <message>
        <source>{iterations_per_s:.3g} iterations/s, {time_left}</source>
        <translation>{iterations_per_s:.3g} 回/秒、{time_left}</translation>
    </message>
    <message>
        <source>Iteration {iteration} of {n_iterations}, {how}</source>
        <translation>反復 {iteration} / {n_iterations}、{how}</translation>
    </message>
    <message>
        <source>{rule} now, one more rule to come</source>
        <translation>現在は {rule}、残りの更新則は 1 個</translation>
    </message>
    <message>
        <source>{rule} now, {n} more rules to come</source>
        <translation>現在は {rule}、残りの更新則は {n} 個</translation>
    </message>
    <message numerus="yes">
        <source>{why}: %n iteration(s) in {time}, loss {loss}.</source>
        <translation>
            <numerusform>{why}：%n 回の反復、{time}、損失 {loss}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Gain. Drag it (with Shift finely), or use the arrow keys. Double-click, Ctrl+click or Delete: 0 dB</source>
        <extracomment>The person begins to move it, by mouse or by a key that is held down; and ends that. The person wants this gain in dB. The person wants 0 dB.</extracomment>
        <translation>ゲイン。ドラッグ（Shift で細かく）、または矢印キーで変更します。ダブルクリック、Ctrl+クリック、Delete：0 dB</translation>
    </message>
    <message>
        <source>Gain of {name}</source>
        <translation>{name} のゲイン</translation>
    </message>
    <message>
        <source>New name of {hint}</source>
        <translation>{hint} の新しい名前</translation>
    </message>
    <message>
        <source>Enter takes the name, Esc leaves the old one; empty: its number again</source>
        <translation>Enter で確定、Esc で元の名前のまま。空にすると番号に戻ります</translation>
    </message>
    <message>
        <source>Put into {name}</source>
        <extracomment>As many sources stand in a menu: those with a key. Text, keys, whether it can be chosen, what it does; None: a line.</extracomment>
        <translation>{name} に入れる</translation>
    </message>
    <message>
        <source>Merge into one</source>
        <translation>一つに結合</translation>
    </message>
    <message>
        <source>Split in two</source>
        <translation>二つに分割</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>component {number}</source>
        <translation>成分 {number}</translation>
    </message>
    <message>
        <source>Hear {what}</source>
        <translation>{what} を聴く</translation>
    </message>
    <message>
        <source>Stop this component alone</source>
        <translation>この成分の単独再生を停止します</translation>
    </message>
    <message>
        <source>Hear this component alone</source>
        <translation>この成分だけを聴きます</translation>
    </message>
    <message>
        <source>No longer solo</source>
        <translation>ソロを解除します</translation>
    </message>
    <message>
        <source>Solo: of the mix, hear only what is soloed</source>
        <translation>ソロ：ミックスのうち、ソロにしたものだけを聴きます</translation>
    </message>
    <message>
        <source>Let it be heard in the mix again</source>
        <translation>再びミックスに含めます</translation>
    </message>
    <message>
        <source>Mute: leave it out of the mix</source>
        <translation>ミュート：ミックスから除きます</translation>
    </message>
    <message>
        <source>in {source}</source>
        <translation>{source} に所属</translation>
    </message>
    <message>
        <source>like {number}</source>
        <extracomment>The pointer is dragged over tiles: where it began and where it is, on the screen. It is dragged away, with the rest of the selection.</extracomment>
        <translation>{number} と同じ</translation>
    </message>
    <message>
        <source>Component {number}</source>
        <extracomment>The id of the source that holds what belongs to no other.
----------
Song - Guitar, Song - Component 01, Song - Mix. Of the recording&apos;s name, so that what follows is not cut off: in bytes of UTF-8.</extracomment>
        <translation>成分 {number}</translation>
    </message>
    <message>
        <source>{share} of the region&apos;s energy; by itself {energy}</source>
        <translation>範囲のエネルギーの {share}、単独では {energy}</translation>
    </message>
    <message>
        <source>{share} of the recording&apos;s energy; by itself {energy}</source>
        <translation>録音のエネルギーの {share}、単独では {energy}</translation>
    </message>
    <message>
        <source>As painted: {shares}</source>
        <translation>ストロークによる分け前：{shares}</translation>
    </message>
    <message>
        <source>Part of {source}</source>
        <translation>{source} の一部</translation>
    </message>
    <message>
        <source>{percent} % {name}</source>
        <translation>{name} {percent} %</translation>
    </message>
    <message>
        <source>Click: see it large. Double-click: hear it. Right-click: more.
Drag its name, or what is selected, onto a source.</source>
        <translation>クリック：大きく表示。ダブルクリック：聴く。右クリック：その他。
名前、または選択した成分を音源にドラッグできます。</translation>
    </message>
    <message>
        <source>Repeat the region, or all of it where no region is marked (L)</source>
        <translation>範囲を繰り返します。範囲がなければ全体を繰り返します (L)</translation>
    </message>
    <message>
        <source>Switch between the recording and what was heard before, at the same place (A)</source>
        <translation>録音と、前に聴いていた音を、同じ位置で切り替えます (A)</translation>
    </message>
    <message>
        <source>Volume of what you hear; exported files are not changed by it</source>
        <translation>聴く音の音量。書き出すファイルには影響しません</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>再生または一時停止 (Space)</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>. Now {level}.</source>
        <translation>。現在 {level}。</translation>
    </message>
    <message>
        <source>Drop a recording here, or open one. Separate splits it into components: notes, drums and noises that you can look at, listen to, and save as files that add up to the recording.</source>
        <translation>ここに録音をドロップするか、開いてください。「分離」は、録音を音符、打楽器、雑音などの成分に分けます。成分は見て、聴いて、ファイルに保存でき、合わせるともとの録音になります。</translation>
    </message>
    <message>
        <source>Take a recording apart</source>
        <translation>録音を分離する</translation>
    </message>
    <message>
        <source>Open a recording…</source>
        <translation>録音を開く…</translation>
    </message>
    <message>
        <source>Try the demo recording</source>
        <translation>デモの録音を試す</translation>
    </message>
    <message>
        <source>Show me around</source>
        <translation>画面の案内</translation>
    </message>
    <message>
        <source>Choose an audio file, or a project that you saved</source>
        <translation>音声ファイル、または保存したプロジェクトを選びます</translation>
    </message>
    <message>
        <source>Half a minute of music that comes with the program</source>
        <translation>プログラムに付属する 30 秒ほどの音楽です</translation>
    </message>
    <message>
        <source>A few steps that point at what there is in the window</source>
        <translation>ウィンドウの各部を順に指し示して案内します</translation>
    </message>
    <message>
        <source>Model, sources, guidance and history</source>
        <extracomment>The spectrogram has the window for itself, or no longer.</extracomment>
        <translation>モデル、音源、ガイド、履歴</translation>
    </message>
    <message>
        <source>How to separate</source>
        <translation>分離の方法</translation>
    </message>
    <message>
        <source>Groups of components</source>
        <translation>成分のまとまり</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>ガイド</translation>
    </message>
    <message>
        <source>Strokes that say what is what</source>
        <translation>どこがどの音源かを示すストローク</translation>
    </message>
    <message>
        <source>What was done, to go back to</source>
        <translation>行った操作。さかのぼれます</translation>
    </message>
    <message>
        <source>Mark a region first: Shift+drag in the overview or the spectrogram.</source>
        <extracomment>What the menus offer.</extracomment>
        <translation>先に範囲を指定してください：全体表示またはスペクトログラムで Shift+ドラッグします。</translation>
    </message>
    <message>
        <source>Duplicate {what}</source>
        <extracomment>Something for the status bar. A component is being split: the share that is done.</extracomment>
        <translation>{what} を複製</translation>
    </message>
    <message>
        <source>Restore {what}</source>
        <translation>{what} を復元</translation>
    </message>
    <message>
        <source>Change &amp;level in the region</source>
        <translation>範囲内のレベルを変更(&amp;L)</translation>
    </message>
    <message>
        <source>Make the selected components louder or quieter there</source>
        <translation>選んだ成分をその範囲で大きく、または小さくします</translation>
    </message>
    <message>
        <source>S&amp;mooth over time</source>
        <translation>時間方向に平滑化(&amp;M)</translation>
    </message>
    <message>
        <source>Even out how the selected components come and go</source>
        <translation>選んだ成分の現れ方をならします</translation>
    </message>
    <message>
        <source>Select at least two components to merge them.</source>
        <translation>結合するには、成分を二つ以上選択してください。</translation>
    </message>
    <message>
        <source>Merge {what}</source>
        <translation>{what} を結合</translation>
    </message>
    <message>
        <source>Select one component to split it.</source>
        <translation>分割するには、成分を一つ選択してください。</translation>
    </message>
    <message>
        <source>A component is being split already: wait, or press Cancel.</source>
        <translation>すでに成分を分割しています。お待ちになるか、キャンセルしてください。</translation>
    </message>
    <message>
        <source>Splitting … {share:.0f} %</source>
        <translation>分割しています… {share:.0f} %</translation>
    </message>
    <message>
        <source>The component was changed meanwhile, and was not split.</source>
        <translation>その間に成分が変更されたため、分割しませんでした。</translation>
    </message>
    <message>
        <source>Split {what}</source>
        <translation>{what} を分割</translation>
    </message>
    <message>
        <source>{name} was split in two.</source>
        <translation>{name} を二つに分割しました。</translation>
    </message>
    <message>
        <source>Delete {what}</source>
        <translation>{what} を削除</translation>
    </message>
    <message>
        <source>Deleted; what it held is left to the residual. Undo: Ctrl+Z.</source>
        <translation>削除しました。含まれていた音は残差に残ります。元に戻す：Ctrl+Z。</translation>
    </message>
    <message>
        <source>{gain_db:+g} dB for a stretch of {what}</source>
        <translation>{what} の一部を {gain_db:+g} dB</translation>
    </message>
    <message>
        <source>Smooth by {width_ms:.0f} ms: {what}</source>
        <translation>{width_ms:.0f} ms で平滑化：{what}</translation>
    </message>
    <message>
        <source>Draw the activation of {what}</source>
        <translation>{what} のアクティベーションを描画</translation>
    </message>
    <message>
        <source>Remove {low_hz:.0f}–{high_hz:.0f} Hz from {what}</source>
        <translation>{what} から {low_hz:.0f}～{high_hz:.0f} Hz を除去</translation>
    </message>
    <message>
        <source>once</source>
        <extracomment>How much of a place is heard when one scrubs. It plays now, or no longer. Something else is to be heard: the `Mix`. What is being heard now, in seconds. Levels since the last time, a `Levels`. Something happened that playing survived: a sentence. A stretch was heard to its end; what is begun now is not ended with it. Devices were looked for, found or not.</extracomment>
        <translation>1 回</translation>
    </message>
    <message>
        <source>{n} times</source>
        <translation>{n} 回</translation>
    </message>
    <message>
        <source>The sound dropped out ({times} since the start): the computer was too busy.</source>
        <translation>音が途切れました（開始から {times}）。コンピューターの負荷が高すぎました。</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <extracomment>Pictures have so many pixels for each one on the screen.</extracomment>
        <translation>PNG 画像 (*.png)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG 図 (*.svg)</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>カンマ区切り (*.csv)</translation>
    </message>
    <message>
        <source>What the plot shows, as PNG or SVG</source>
        <translation>グラフの表示内容（PNG または SVG）</translation>
    </message>
    <message>
        <source>What the plot shows, to be pasted elsewhere</source>
        <translation>グラフの表示内容をほかの場所に貼り付けます</translation>
    </message>
    <message>
        <source>The numbers behind the plot, for a spreadsheet</source>
        <translation>グラフのもとの数値（表計算用）</translation>
    </message>
    <message>
        <source>The numbers behind the plot, to be pasted into a spreadsheet</source>
        <translation>グラフのもとの数値を表計算に貼り付けます</translation>
    </message>
    <message>
        <source>Save &amp;picture…</source>
        <extracomment>Something was saved or copied: a sentence.</extracomment>
        <translation>図を保存(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>図をコピー(&amp;C)</translation>
    </message>
    <message>
        <source>Save &amp;data as CSV…</source>
        <translation>データを CSV で保存(&amp;D)…</translation>
    </message>
    <message>
        <source>Copy d&amp;ata</source>
        <translation>データをコピー(&amp;A)</translation>
    </message>
    <message>
        <source>Save the picture: {name}</source>
        <translation>図を保存：{name}</translation>
    </message>
    <message>
        <source>{name}: picture copied.</source>
        <translation>{name}：図をコピーしました。</translation>
    </message>
    <message>
        <source>Save the data: {name}</source>
        <translation>データを保存：{name}</translation>
    </message>
    <message>
        <source>{name}: the data are copied as soon as the file before them is written.</source>
        <translation>{name}：データは、前のファイルの書き込みが終わりしだいコピーされます。</translation>
    </message>
    <message numerus="yes">
        <source>{name}: data copied, %n row(s).</source>
        <translation>
            <numerusform>{name}：データを %n 行コピーしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} saved to {folder}.</source>
        <translation>{name} を {folder} に保存しました。</translation>
    </message>
    <message>
        <source>a recording</source>
        <extracomment>A copy is kept this long after an edit, however many follow; runs are kept at once. A run that is to end with the program is waited for so long. Stands for what was kept of a document that is open no more. Something for the status bar.</extracomment>
        <translation>録音</translation>
    </message>
    <message>
        <source>The program did not end properly while you worked on {name}.</source>
        <translation>{name} の作業中に、プログラムが正しく終了しませんでした。</translation>
    </message>
    <message>
        <source>What you did up to {when} was kept: {runs}.</source>
        <translation>{when} までの作業内容が残っています：{runs}。</translation>
    </message>
    <message>
        <source>Get it back</source>
        <translation>復旧する</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>破棄する</translation>
    </message>
    <message>
        <source>Ask again later</source>
        <translation>後でもう一度確認</translation>
    </message>
    <message>
        <source>Your work is back. Save it to keep it.</source>
        <translation>作業内容が復旧しました。残すには保存してください。</translation>
    </message>
    <message>
        <source>no run</source>
        <translation>実行なし</translation>
    </message>
    <message>
        <source>one run</source>
        <translation>実行 1 件</translation>
    </message>
    <message>
        <source>{n} runs</source>
        <translation>実行 {n} 件</translation>
    </message>
    <message>
        <source>the loudest point of the recording</source>
        <extracomment>Gains of components as parts of sources, and who gets what of them. Darkest level that is told from silence, below the loudest. A logarithmic axis begins here.</extracomment>
        <translation>録音の最も大きい点</translation>
    </message>
    <message>
        <source>its own loudest point</source>
        <translation>それ自身の最も大きい点</translation>
    </message>
    <message>
        <source>&amp;Put into source</source>
        <translation>音源に入れる(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;None: unassigned</source>
        <translation>なし：未割り当て(&amp;N)</translation>
    </message>
    <message>
        <source>Put the selected components there, out of the source they are in</source>
        <translation>選択した成分を、いまの音源から外してそこに入れます</translation>
    </message>
    <message>
        <source>Colour of {name}</source>
        <translation>{name} の色</translation>
    </message>
    <message>
        <source>Move {name}</source>
        <translation>{name} を移動</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>{name} を削除</translation>
    </message>
    <message>
        <source>No sources were made: the components were changed meanwhile.</source>
        <translation>その間に成分が変更されたため、音源を作りませんでした。</translation>
    </message>
    <message>
        <source>Suggested sources</source>
        <translation>提案された音源</translation>
    </message>
    <message>
        <source>The suggestion is likely right for {share:.0f} % of the sound only. Ask me plays what is doubtful and sorts it by your answers.</source>
        <translation>この提案は、おそらく音の {share:.0f} % についてしか正しくありません。「質問に答える」では疑わしい箇所が再生され、答えに従って振り分けられます。</translation>
    </message>
    <message>
        <source>{what} into {name}</source>
        <translation>{what} を {name} へ</translation>
    </message>
    <message>
        <source>Unassign {what}</source>
        <translation>{what} の割り当てを解除</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>ガイド</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>ガイドのページ</translation>
    </message>
    <message>
        <source>Pages of the guide</source>
        <translation>ガイドのページ一覧</translation>
    </message>
    <message>
        <source>Choose a page to read</source>
        <translation>読むページを選びます</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>The page before (Alt+←)</source>
        <translation>前のページ（Alt+←）</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>進む</translation>
    </message>
    <message>
        <source>The page that was left by Back (Alt+→)</source>
        <translation>「戻る」で離れたページ（Alt+→）</translation>
    </message>
    <message>
        <source>Search on this page</source>
        <translation>このページを検索</translation>
    </message>
    <message>
        <source>Mark where this stands (Ctrl+F). Enter: the next; Shift+Enter: the one before</source>
        <translation>この語がある場所に印を付けます（Ctrl+F）。Enter：次へ、Shift+Enter：前へ</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>終わる</translation>
    </message>
    <message>
        <source>The step before (left arrow)</source>
        <translation>前の手順（左矢印）</translation>
    </message>
    <message>
        <source>The next step (right arrow)</source>
        <translation>次の手順（右矢印）</translation>
    </message>
    <message>
        <source>Be shown no more (Esc); Help → Guided tour begins anew</source>
        <translation>案内を終える（Esc）。「ヘルプ → ガイドツアー」でもう一度始まります</translation>
    </message>
    <message>
        <source>{place} of {n_steps}</source>
        <translation>{place} / {n_steps}</translation>
    </message>
    <message>
        <source>Guided tour: {title}</source>
        <translation>ガイドツアー：{title}</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>録音を開く</translation>
    </message>
    <message>
        <source>Drop an audio file anywhere on the window, or take the demo. Once it is open you see its waveform and its spectrogram here.</source>
        <translation>音声ファイルをウィンドウのどこかにドロップするか、デモを使ってください。開くと、波形とスペクトログラムがここに表示されます。</translation>
    </message>
    <message>
        <source>Separate it</source>
        <translation>分離する</translation>
    </message>
    <message>
        <source>Choose Fast for a look or Quality for better sound, and press Separate. Each component becomes one kind of sound that recurs: a note, a drum, a hiss.</source>
        <translation>手早く確認するなら「高速」、よりよい音なら「高品質」を選んで、「分離」を押してください。一つの成分が、音符、打楽器、ヒスノイズなど、繰り返し現れる一種類の音になります。</translation>
    </message>
    <message>
        <source>Watch it learn</source>
        <translation>学習を見守る</translation>
    </message>
    <message>
        <source>The loss says how well the components explain the recording; it falls with every iteration. Several runs lie over one another.</source>
        <translation>損失は、成分が録音をどれだけよく説明しているかを示し、反復のたびに下がります。複数の実行は重ねて表示されます。</translation>
    </message>
    <message>
        <source>Look and listen</source>
        <translation>見て、聴く</translation>
    </message>
    <message>
        <source>Every component is a tile: a picture, a play button, solo, mute and a fader. All of them act at once, even while the run goes on. Click a tile to see it large; the keys 1 to 9 play the components with these numbers.</source>
        <translation>成分はそれぞれ一枚のタイルになり、図、再生ボタン、ソロ、ミュート、フェーダーがあります。実行中でも、操作はすぐに反映されます。タイルをクリックすると大きく表示し、1 から 9 のキーでその番号の成分を再生します。</translation>
    </message>
    <message>
        <source>Hear the difference</source>
        <translation>違いを聴く</translation>
    </message>
    <message>
        <source>Space plays. Mix is what your faders say, Residual is what they leave out of the recording, A/B compares with the recording at the same place.</source>
        <translation>Space で再生します。「ミックス」はフェーダーどおりの音、「残差」はその残り、A/B は同じ位置の録音との聴き比べです。</translation>
    </message>
    <message>
        <source>Make sources</source>
        <translation>音源を作る</translation>
    </message>
    <message>
        <source>Group components into sources, a voice or the drums: select tiles and press Ctrl+G, drag them here, or let Suggest propose groups.</source>
        <translation>成分を声やドラムなどの音源にまとめます。タイルを選んで Ctrl+G を押すか、ここにドラッグするか、「提案」に任せてください。</translation>
    </message>
    <message>
        <source>Paint what is whose</source>
        <translation>何がどの音源かを描く</translation>
    </message>
    <message>
        <source>Take the brush and paint over places where one source is heard alone: the components are sorted by that, and you hear it at once. F9 makes room for it.</source>
        <translation>ブラシを選び、一つの音源だけが聞こえるところをなぞってください。それに従って成分が振り分けられ、すぐに聞こえます。F9 で広く表示できます。</translation>
    </message>
    <message>
        <source>Or be asked</source>
        <translation>質問に答える</translation>
    </message>
    <message>
        <source>Where the program is unsure it can ask: Ask me plays short places, and you press the number of the source. Every answer sorts what sounds like it.</source>
        <translation>プログラムが迷うところは、あなたに尋ねることができます。「質問に答える」は短い箇所を再生するので、音源の番号を押してください。一つ答えるたびに、似た音も振り分けられます。</translation>
    </message>
    <message>
        <source>Nothing is lost</source>
        <translation>何も失われません</translation>
    </message>
    <message>
        <source>Undo takes back every step, back to the first. Save keeps all your work in one file; Export writes the sources as audio that adds up to the recording.</source>
        <translation>「元に戻す」で最初の操作までさかのぼれます。「保存」はすべての作業を一つのファイルに残し、「書き出し」は音源を、合わせると録音になる音声として書き出します。</translation>
    </message>
    <message>
        <source>What I hear: the mix</source>
        <extracomment>Views that need a run, and those of them that show it under masks.</extracomment>
        <translation>聴いている音：ミックス</translation>
    </message>
    <message>
        <source>What I hear: the recording</source>
        <translation>聴いている音：録音</translation>
    </message>
    <message>
        <source>What I hear: what the mix leaves out</source>
        <translation>聴いている音：ミックスの残り</translation>
    </message>
    <message>
        <source>What I hear: the model</source>
        <translation>聴いている音：モデル</translation>
    </message>
    <message>
        <source>Model: all components together</source>
        <translation>モデル：すべての成分の合計</translation>
    </message>
    <message>
        <source>Sources in colour</source>
        <translation>音源の色分け</translation>
    </message>
    <message>
        <source>{name}, in the recording</source>
        <translation>{name}（録音の中）</translation>
    </message>
    <message>
        <source>Sound needs the Python package sounddevice. Install it: pip install sounddevice</source>
        <translation>再生には Python パッケージ sounddevice が必要です。次のコマンドでインストールしてください：pip install sounddevice</translation>
    </message>
    <message>
        <source>Sound needs the PortAudio library. On Debian or Ubuntu: sudo apt install libportaudio2</source>
        <translation>再生には PortAudio ライブラリが必要です。Debian または Ubuntu では：sudo apt install libportaudio2</translation>
    </message>
    <message>
        <source>Sound needs the PortAudio library. Reinstall the Python package that brings it: pip install --force-reinstall sounddevice</source>
        <translation>再生には PortAudio ライブラリが必要です。それを含む Python パッケージを再インストールしてください：pip install --force-reinstall sounddevice</translation>
    </message>
    <message>
        <source>No sound device was found. Connect one, or switch it on in the system&apos;s sound settings, then play again.</source>
        <translation>サウンドデバイスが見つかりません。接続するか、システムのサウンド設定で有効にしてから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” was not found. Connect it, or choose another one.</source>
        <translation>サウンドデバイス「{name}」が見つかりません。接続するか、別のデバイスを選んでください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” is in use or was switched off. Close other programs that use it, or choose another device, then play again.</source>
        <translation>サウンドデバイス「{name}」は使用中か、電源が切られています。使用中のほかのプログラムを閉じるか、別のデバイスを選んでから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” is not there any more. Connect it, or choose another, then play again.</source>
        <translation>サウンドデバイス「{name}」が見つからなくなりました。接続するか、別のデバイスを選んでから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” plays at none of the sample rates that were tried. Choose another device, or set it to 44.1 or 48 kHz in the system&apos;s sound settings, then play again.</source>
        <translation>サウンドデバイス「{name}」は、試したどのサンプルレートでも再生できません。別のデバイスを選ぶか、システムのサウンド設定で 44.1 kHz または 48 kHz にしてから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” does not take sound as this program makes it. Choose another device, such as the default one, then play again.</source>
        <translation>サウンドデバイス「{name}」は、このプログラムの音声形式に対応していません。既定のデバイスなど別のデバイスを選んでから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” could not be opened. Close other programs that use it, or choose another device in the system&apos;s sound settings, then play again.</source>
        <translation>サウンドデバイス「{name}」を開けませんでした。使用中のほかのプログラムを閉じるか、システムのサウンド設定で別のデバイスを選んでから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” does not answer. Connect it anew, then play again.</source>
        <translation>サウンドデバイス「{name}」が応答しません。接続し直してから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>There is not enough memory to play sound. Close other programs, then play again.</source>
        <translation>再生に必要なメモリが足りません。ほかのプログラムを閉じてから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound system of this computer does not answer. Check its sound settings, or restart it, then play again.</source>
        <translation>このコンピューターのサウンドシステムが応答しません。サウンド設定を確認するか、サウンドシステムを再起動してから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>Sound cannot be played because of a fault inside the program. Play again; if that does not help, save your work and start the program anew.</source>
        <translation>プログラム内部の問題で再生できません。もう一度再生してください。それでも直らなければ、作業内容を保存してプログラムを起動し直してください。</translation>
    </message>
    <message>
        <source>Playing stopped because the sound could not be computed. Play again to retry.</source>
        <translation>音を計算できなかったため、再生を停止しました。もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” stopped. Check that it is connected, then play again.</source>
        <translation>サウンドデバイス「{name}」が停止しました。接続を確認してから、もう一度再生してください。</translation>
    </message>
    <message>
        <source>The sound device “{name}” stopped for a moment. Playing goes on.</source>
        <translation>サウンドデバイス「{name}」が一時的に停止しましたが、再生を続けています。</translation>
    </message>
    <message>
        <source>The sound device “{name}” stopped. Playing goes on on the default device.</source>
        <translation>サウンドデバイス「{name}」が停止しました。既定のデバイスで再生を続けます。</translation>
    </message>
    <message>
        <source>{message} Playing on the default device.</source>
        <translation>{message} 既定のデバイスで再生しています。</translation>
    </message>
    <message>
        <source>“{name}” in “{folder}” is the recording itself and would be lost. Choose another folder.</source>
        <translation>「{folder}」の「{name}」は録音そのもので、失われてしまいます。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>未割り当て</translation>
    </message>
    <message>
        <source>{id}: {rule}, p = {domain:g}, {bases}, seed {seed}</source>
        <translation>{id}：{rule}、p = {domain:g}、{bases}、シード {seed}</translation>
    </message>
    <message>
        <source>Report to look at and listen to (report.html)</source>
        <extracomment>What they are called, by key.</extracomment>
        <translation>見て聴けるレポート (report.html)</translation>
    </message>
    <message>
        <source>Picture of every component (.png)</source>
        <translation>各成分の図 (.png)</translation>
    </message>
    <message>
        <source>Bases and activations (factors.npz)</source>
        <translation>基底とアクティベーション (factors.npz)</translation>
    </message>
    <message>
        <source>Loss after every iteration (loss.csv)</source>
        <translation>反復ごとの損失 (loss.csv)</translation>
    </message>
    <message>
        <source>Settings and figures (report.json)</source>
        <translation>設定と数値 (report.json)</translation>
    </message>
    <message>
        <source>A name may have the fields {fields} in it, and no other braces.</source>
        <translation>名前には {fields} のフィールドだけを使えます。ほかの波かっこは使えません。</translation>
    </message>
    <message>
        <source>There is not enough space in “{folder}”. Nothing was written.</source>
        <extracomment>Numbers of errors that a full disk gives.</extracomment>
        <translation>「{folder}」の空き容量が足りません。何も書き出していません。</translation>
    </message>
    <message>
        <source>“{folder}” may not be written to. Choose another folder.</source>
        <translation>「{folder}」には書き込めません。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{name}” in “{folder}” is a folder. Move it, or choose another folder.</source>
        <translation>「{folder}」の「{name}」はフォルダーです。移動するか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There is no folder “{folder}” (any more). Choose another one.</source>
        <translation>フォルダー「{folder}」がありません。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{folder}” is not a folder. Choose another one.</source>
        <translation>「{folder}」はフォルダーではありません。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Nothing could be written to “{folder}”: {reason}.</source>
        <translation>「{folder}」に書き込めませんでした：{reason}。</translation>
    </message>
    <message>
        <source>{container} holds at most {most} channels and the recording has {n_channels}. Choose WAV.</source>
        <extracomment>Power of 16-bit dither and of the rounding after it: a quarter of a step&apos;s square. Sample rates to choose from, in Hz.</extracomment>
        <translation>{container} は最大 {most} チャンネルですが、録音は {n_channels} チャンネルです。WAV を選んでください。</translation>
    </message>
    <message>
        <source>{container} cannot hold a sample rate of {rate_hz} Hz. Choose another sample rate, such as 48000 Hz, or WAV.</source>
        <translation>{container} はサンプルレート {rate_hz} Hz に対応していません。48000 Hz などの別のサンプルレート、または WAV を選んでください。</translation>
    </message>
    <message>
        <source>WAV, 32-bit float</source>
        <translation>WAV、32 ビット浮動小数点</translation>
    </message>
    <message>
        <source>WAV, 24 bit</source>
        <translation>WAV、24 ビット</translation>
    </message>
    <message>
        <source>WAV, 16 bit</source>
        <translation>WAV、16 ビット</translation>
    </message>
    <message>
        <source>FLAC, 24 bit</source>
        <translation>FLAC、24 ビット</translation>
    </message>
    <message>
        <source>FLAC, 16 bit</source>
        <translation>FLAC、16 ビット</translation>
    </message>
    <message>
        <source>Opened</source>
        <extracomment>Older steps are forgotten.</extracomment>
        <translation>開いた状態</translation>
    </message>
    <message>
        <source>Read back, the sum of all components differs from the recording by {level}.</source>
        <translation>読み戻して確認したところ、全成分の合計と録音との差は {level} です。</translation>
    </message>
    <message>
        <source>Read back, the sum of all sources differs from the recording by {level}.</source>
        <translation>読み戻して確認したところ、全音源の合計と録音との差は {level} です。</translation>
    </message>
    <message>
        <source>Read back, the mix differs from the recording by {level}.</source>
        <translation>読み戻して確認したところ、ミックスと録音との差は {level} です。</translation>
    </message>
    <message>
        <source>{share} of the recording&apos;s energy</source>
        <translation>録音のエネルギーの {share}</translation>
    </message>
    <message>
        <source>{share} of the region&apos;s energy</source>
        <translation>範囲のエネルギーの {share}</translation>
    </message>
    <message>
        <source>by itself {level} relative to the recording</source>
        <translation>単独では録音に対して {level}</translation>
    </message>
    <message>
        <source>by itself {level} relative to the region</source>
        <translation>単独では範囲に対して {level}</translation>
    </message>
    <message>
        <source>Read back, the sum of all components with the residual differs from the recording by {level}.</source>
        <translation>読み戻して確認したところ、全成分と残差の合計と録音との差は {level} です。</translation>
    </message>
    <message>
        <source>Read back, the sum of all sources with the residual differs from the recording by {level}.</source>
        <translation>読み戻して確認したところ、全音源と残差の合計と録音との差は {level} です。</translation>
    </message>
    <message>
        <source>Read back, the mix with the residual differs from the recording by {level}.</source>
        <translation>読み戻して確認したところ、ミックスと残差の合計と録音との差は {level} です。</translation>
    </message>
    <message>
        <source>en</source>
        <comment>code of this language</comment>
        <translation>ja</translation>
    </message>
    <message>
        <source>{name} – separated</source>
        <translation>{name} – 分離結果</translation>
    </message>
    <message>
        <source>What was written</source>
        <translation>書き出した内容</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>反復</translation>
    </message>
    <message>
        <source>{n} in {seconds:.1f} s</source>
        <translation>{n} 回、{seconds:.1f} 秒</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>お知らせ</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>範囲</translation>
    </message>
    <message>
        <source>{start:g} to {stop:g} s</source>
        <translation>{start:g}～{stop:g} 秒</translation>
    </message>
    <message>
        <source>Nothing is left over: the residual is empty and was not written.</source>
        <translation>残りはありません。残差は空なので書き出していません。</translation>
    </message>
    <message>
        <source>Spectrogram of {name}: time to the right, frequency upwards to {top}</source>
        <translation>{name} のスペクトログラム：右が時間、上が周波数（{top} まで）</translation>
    </message>
    <message>
        <source>0 to {seconds:.2f} s, {lowest} Hz to {top}, each octave as high as the others; colours over {range_db} dB</source>
        <translation>0～{seconds:.2f} 秒、{lowest} Hz～{top}、各オクターブは同じ高さ、色の範囲は {range_db} dB</translation>
    </message>
    <message>
        <source>Player: {notes}.</source>
        <translation>プレーヤー：{notes}。</translation>
    </message>
    <message>
        <source>peak {level} relative to full scale</source>
        <translation>フルスケールに対するピーク {level}</translation>
    </message>
    <message>
        <source>changed by {level}</source>
        <translation>{level} 変更</translation>
    </message>
    <message>
        <source>cut off at full scale</source>
        <translation>フルスケールで切り落とし</translation>
    </message>
    <message>
        <source>No iteration was done.</source>
        <translation>反復は行われていません。</translation>
    </message>
    <message>
        <source>Loss falling from {first:.4g} to {last:.4g}</source>
        <translation>{first:.4g} から {last:.4g} へ下がる損失</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>対数目盛</translation>
    </message>
    <message>
        <source>Linear scale</source>
        <translation>線形目盛</translation>
    </message>
    <message numerus="yes">
        <source>%n iteration(s)</source>
        <translation>
            <numerusform>%n 回の反復</numerusform>
        </translation>
    </message>
    <message>
        <source>stereo downmix of {n} channels</source>
        <extracomment>Tried in this order: every browser plays the first and the last. Such a low picture has no room for octaves in which little is heard.</extracomment>
        <translation>{n} チャンネルをステレオにダウンミックス</translation>
    </message>
    <message>
        <source>at {rate_hz} Hz</source>
        <translation>{rate_hz} Hz</translation>
    </message>
    <message>
        <source>{db:.1f} dB lower than the file</source>
        <translation>ファイルより {db:.1f} dB 小さい</translation>
    </message>
    <message>
        <source>Select at least two components to merge.</source>
        <extracomment>Start and end in seconds.</extracomment>
        <translation>結合するには、成分を二つ以上選択してください。</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} のコピー</translation>
    </message>
    <message>
        <source>it holds two files of one name</source>
        <extracomment>Told how many bytes were written or read since the last time.</extracomment>
        <translation>同じ名前のファイルが二つ含まれています</translation>
    </message>
    <message>
        <source>what it holds is larger than itself or the memory of this computer</source>
        <translation>内容が、ファイル自体またはこのコンピューターのメモリより大きくなっています</translation>
    </message>
    <message>
        <source>it lacks the file “{name}”</source>
        <translation>ファイル「{name}」が足りません</translation>
    </message>
    <message>
        <source>its {name} is too large</source>
        <extracomment>A folder without a document is left alone for so long: its program may be just beginning.</extracomment>
        <translation>{name} が大きすぎます</translation>
    </message>
    <message>
        <source>it holds {n} files</source>
        <translation>{n} 個のファイルが含まれています</translation>
    </message>
    <message>
        <source>it holds a file, folder or link that no project holds</source>
        <translation>プロジェクトにはないはずのファイル、フォルダー、リンクが含まれています</translation>
    </message>
    <message>
        <source>it is encrypted</source>
        <translation>暗号化されています</translation>
    </message>
    <message>
        <source>it was compressed anew, and only files as this program writes them are safe</source>
        <translation>圧縮し直されています。安全なのは、このプログラムが書いたままのファイルだけです</translation>
    </message>
    <message>
        <source>it is not complete, or was changed since it was written</source>
        <translation>不完全か、書き込み後に変更されています</translation>
    </message>
    <message>
        <source>one of its arrays has another shape than the settings ask for</source>
        <translation>配列の一つの形が設定と合いません</translation>
    </message>
    <message>
        <source>one of its arrays changed while it was read</source>
        <translation>配列の一つが読み込み中に変わりました</translation>
    </message>
    <message>
        <source>one of its arrays stands where it does not fit</source>
        <translation>配列の一つが合わない場所にあります</translation>
    </message>
    <message>
        <source>one of its arrays holds values that make no sense</source>
        <translation>配列の一つに不正な値が含まれています</translation>
    </message>
    <message>
        <source>one of its arrays cannot be read</source>
        <translation>配列の一つを読み込めません</translation>
    </message>
    <message>
        <source>one of its arrays is not as long as it says, or of another kind</source>
        <translation>配列の一つの長さまたは種類が記載と異なります</translation>
    </message>
    <message>
        <source>the region of one of its runs lies outside of the recording</source>
        <extracomment>Returns the array with a number if it has a shape (−1: of any length) and a type.</extracomment>
        <translation>実行の一つの範囲が録音の外にあります</translation>
    </message>
    <message>
        <source>the settings of a run are not possible ({reason})</source>
        <translation>実行の設定が不正です（{reason}）</translation>
    </message>
    <message>
        <source>its entry “{place}” is missing or makes no sense</source>
        <translation>項目「{place}」がないか、不正です</translation>
    </message>
    <message>
        <source>its JSON holds too much</source>
        <translation>JSON の内容が多すぎます</translation>
    </message>
    <message>
        <source>its JSON cannot be read</source>
        <translation>JSON を読み込めません</translation>
    </message>
    <message>
        <source>its JSON holds no project</source>
        <translation>JSON にプロジェクトが含まれていません</translation>
    </message>
    <message>
        <source>its recording is not the one that the work was done on</source>
        <translation>録音が、作業に使われたものと異なります</translation>
    </message>
    <message>
        <source>it is no project of schema {schema}</source>
        <extracomment>What is written today.</extracomment>
        <translation>スキーマ {schema} のプロジェクトではありません</translation>
    </message>
    <message>
        <source>“{name}” is the recording itself and would be lost. Choose another name.</source>
        <translation>「{name}」は録音そのもので、失われてしまいます。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>“{name}” is a folder. Choose another name.</source>
        <translation>「{name}」はフォルダーです。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>“{name}” is a file of another kind and would be lost. Choose another name.</source>
        <translation>「{name}」は別の種類のファイルで、失われてしまいます。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>“{name}” may not be changed. Choose another name.</source>
        <translation>「{name}」は変更できません。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>it has too many runs and components for one file; delete some</source>
        <translation>一つのファイルには実行と成分が多すぎます。いくつか削除してください</translation>
    </message>
    <message>
        <source>This work cannot be saved: {error}.</source>
        <translation>この作業内容は保存できません：{error}。</translation>
    </message>
    <message>
        <source>This name is too long. Choose a shorter one.</source>
        <translation>名前が長すぎます。もっと短い名前を選んでください。</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>「{name}」</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>{name} を読み込めません：{reason}。</translation>
    </message>
    <message>
        <source>{name} does not exist (any more). Check the name and the folder.</source>
        <translation>{name} がありません。名前とフォルダーを確認してください。</translation>
    </message>
    <message>
        <source>{name} is a folder.</source>
        <translation>{name} はフォルダーです。</translation>
    </message>
    <message>
        <source>{name} may not be read: you lack the permission for it.</source>
        <translation>{name} を読み込む権限がありません。</translation>
    </message>
    <message>
        <source>{name} is not a project of this program.</source>
        <translation>{name} はこのプログラムのプロジェクトではありません。</translation>
    </message>
    <message>
        <source>{subject} cannot be opened: {error}.</source>
        <translation>{subject} を開けません：{error}。</translation>
    </message>
    <message>
        <source>{subject} was made by a newer version of this program (schema {schema}; this one knows up to {newest}). Update the program to open it.</source>
        <translation>{subject} は、より新しいバージョンのプログラムで作られています（スキーマ {schema}、このバージョンは {newest} まで対応）。開くには、プログラムを更新してください。</translation>
    </message>
    <message>
        <source>There is no room in “{folder}” for a copy of the recording: {reason}.</source>
        <translation>録音のコピーを置く空きが「{folder}」にありません：{reason}。</translation>
    </message>
    <message>
        <source>{name} is a folder. Choose an audio file inside it.</source>
        <translation>{name} はフォルダーです。中の音声ファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name} is a device or a pipe. Choose an audio file.</source>
        <translation>{name} はデバイスまたはパイプです。音声ファイルを選んでください。</translation>
    </message>
    <message>
        <source>{name} is empty: it holds no data at all.</source>
        <translation>{name} は空です。データがまったく含まれていません。</translation>
    </message>
    <message>
        <source>“{name}” is not an audio file that can be read. WAV, FLAC, OGG, MP3 and AIFF can; M4A and AAC cannot.</source>
        <translation>「{name}」は読み込める音声ファイルではありません。WAV、FLAC、OGG、MP3、AIFF は読み込めますが、M4A と AAC は読み込めません。</translation>
    </message>
    <message>
        <source>“{name}” cannot be opened: this program does not read its coding, {coding}. Convert it to WAV or FLAC.</source>
        <translation>「{name}」を開けません。このプログラムはその符号化方式（{coding}）を読み込めません。WAV か FLAC に変換してください。</translation>
    </message>
    <message>
        <source>“{name}” is damaged or incomplete: no sound in it can be read. Copy or download it again.</source>
        <translation>「{name}」は破損しているか不完全で、音を読み取れません。もう一度コピーまたはダウンロードしてください。</translation>
    </message>
    <message>
        <source>“{name}” is cut off before its first sample. Copy or download it again.</source>
        <translation>「{name}」は最初のサンプルより前で途切れています。もう一度コピーまたはダウンロードしてください。</translation>
    </message>
    <message>
        <source>“{name}” has {n} channels; at most {most} can be opened.</source>
        <translation>「{name}」は {n} チャンネルです。開けるのは最大 {most} チャンネルです。</translation>
    </message>
    <message>
        <source>“{name}” has a sample rate of {rate_hz} Hz; it must lie between {lowest_hz} and {highest_hz} Hz.</source>
        <translation>「{name}」のサンプルレートは {rate_hz} Hz です。{lowest_hz}～{highest_hz} Hz でなければなりません。</translation>
    </message>
    <message>
        <source>“{name}” contains no sound: it has zero samples.</source>
        <translation>「{name}」には音が含まれていません。サンプル数が 0 です。</translation>
    </message>
    <message>
        <source>“{name}” says it is {hours:.0f} hours long, which needs {gib:.0f} GiB of memory, more than there is. Cut it, if that is true.</source>
        <translation>「{name}」は長さが {hours:.0f} 時間とされ、{gib:.0f} GiB のメモリが必要ですが、足りません。本当にその長さなら、切り分けてください。</translation>
    </message>
    <message>
        <source>“{name}” contains values that are far beyond full scale; the first is at {at_s:.3f} s in channel {channel}.</source>
        <extracomment>Endings of the files offered in dialogs; the content decides, not the ending.</extracomment>
        <translation>「{name}」にはフルスケールをはるかに超える値が含まれています。最初はチャンネル {channel} の {at_s:.3f} 秒です。</translation>
    </message>
    <message>
        <source>“{name}” contains values that are not numbers; the first is at {at_s:.3f} s in channel {channel}.</source>
        <translation>「{name}」には数でない値が含まれています。最初はチャンネル {channel} の {at_s:.3f} 秒です。</translation>
    </message>
    <message>
        <source>The copy for recovery</source>
        <translation>復旧用のコピー</translation>
    </message>
    <message>
        <source>it names a file that no copy for recovery has</source>
        <translation>復旧用のコピーにはないはずのファイルを参照しています</translation>
    </message>
    <message>
        <source>its {name} is not as it was written</source>
        <translation>{name} が書き込まれたときと異なります</translation>
    </message>
    <message>
        <source>No copy for recovery is kept: {sentence}</source>
        <translation>復旧用のコピーを保存できません：{sentence}</translation>
    </message>
    <message>
        <source>The region from {start:g} to {stop:g} s holds nothing of the recording, which is {duration_s:.3f} s long.</source>
        <translation>{start:g}～{stop:g} 秒の範囲には録音がありません。録音の長さは {duration_s:.3f} 秒です。</translation>
    </message>
    <message>
        <source>The {setting} must lie between {least:g} and {most:.10g}, not {value}.</source>
        <extracomment>Smallest and largest value of each number a person can set. The rules as people read them.</extracomment>
        <translation>{setting}は {least:g}～{most:.10g} でなければなりません（指定値：{value}）。</translation>
    </message>
    <message>
        <source>The {setting} must be one of {choices}, not {value}.</source>
        <translation>{setting}は {choices} のいずれかでなければなりません（指定値：{value}）。</translation>
    </message>
    <message>
        <source>With a window of {window_samples} samples the hop must lie between {least_hop} and {most_hop} samples, not {hop_samples}.</source>
        <translation>窓が {window_samples} サンプルのとき、ホップは {least_hop}～{most_hop} サンプルでなければなりません（指定値：{hop_samples}）。</translation>
    </message>
    <message>
        <source>1 basis</source>
        <translation>基底 1 個</translation>
    </message>
    <message>
        <source>{n} bases</source>
        <translation>基底 {n} 個</translation>
    </message>
    <message>
        <source>number of bases</source>
        <translation>基底の数</translation>
    </message>
    <message>
        <source>domain p</source>
        <translation>領域 p</translation>
    </message>
    <message>
        <source>number of iterations</source>
        <translation>反復回数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>window in samples</source>
        <translation>窓（サンプル）</translation>
    </message>
    <message>
        <source>hop in samples</source>
        <translation>ホップ（サンプル）</translation>
    </message>
    <message>
        <source>tolerance</source>
        <translation>許容値</translation>
    </message>
    <message>
        <source>noise floor</source>
        <translation>ノイズフロア</translation>
    </message>
    <message>
        <source>rule</source>
        <translation>更新則</translation>
    </message>
    <message>
        <source>start</source>
        <translation>初期値</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>マスク</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>gain of the parts</source>
        <translation>ファイルのゲイン</translation>
    </message>
    <message>
        <source>The preset must be one of {presets}, not {name}.</source>
        <translation>プリセットは {presets} のいずれかでなければなりません（指定値：{name}）。</translation>
    </message>
    <message>
        <source>tone</source>
        <extracomment>Names of the kinds of sound.</extracomment>
        <translation>楽音</translation>
    </message>
    <message>
        <source>stroke</source>
        <translation>打音</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>雑音</translation>
    </message>
    <message>
        <source>no pitch</source>
        <extracomment>What has less of the recording&apos;s energy counts as silent.</extracomment>
        <translation>音高なし</translation>
    </message>
    <message>
        <source>{pitch}, brightness {brightness}, {onsets:.1f} onsets/s</source>
        <translation>{pitch}、明るさ {brightness}、立ち上がり {onsets:.1f} 回/秒</translation>
    </message>
    <message>
        <source>{kind}: {sound}</source>
        <translation>{kind}：{sound}</translation>
    </message>
    <message>
        <source>{onsets:.1f}/s</source>
        <translation>{onsets:.1f} 回/秒</translation>
    </message>
    <message>
        <source>Components are grouped into one source at least.</source>
        <extracomment>Most sources that are suggested unless more are asked for. Groups less distinct than this are none. Lower is all the same.</extracomment>
        <translation>成分は少なくとも一つの音源にまとめます。</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) cannot be grouped into {n_sources} sources: ask for {most} at most, or separate with more bases.</source>
        <translation>
            <numerusform>%n 個の成分を {n_sources} 個の音源にまとめることはできません。音源を {most} 個以下にするか、基底を増やして分離してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ember</source>
        <translation>残り火</translation>
    </message>
    <message>
        <source>Ocean</source>
        <translation>海</translation>
    </message>
    <message>
        <source>Meadow</source>
        <translation>草原</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>Ink on paper</source>
        <translation>紙とインク</translation>
    </message>
    <message>
        <source>{name} {cents:+d} cents</source>
        <translation>{name} {cents:+d} セント</translation>
    </message>
    <message>
        <source>The computer may become very slow, or the system may end the program. A larger hop, fewer bases, single precision or a shorter region need less; so does closing other programs.</source>
        <translation>コンピューターが非常に遅くなったり、システムがプログラムを終了させたりすることがあります。ホップを大きくする、基底を減らす、単精度にする、範囲を短くする、ほかのプログラムを閉じるなどで、必要なメモリを減らせます。</translation>
    </message>
    <message>
        <source>{sentence} Go on?</source>
        <translation>{sentence}続けますか？</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>続ける(&amp;G)</translation>
    </message>
    <message>
        <source>This run needs about {needed:.1f} GB of memory, and {free:.1f} GB are free.</source>
        <extracomment>Files of a control group, by version: limit, what is used, and what of it can be taken back.</extracomment>
        <translation>この実行には約 {needed:.1f} GB のメモリが必要ですが、空きは {free:.1f} GB です。</translation>
    </message>
    <message>
        <source>The settings of this computer&apos;s sound system are missing. On Debian or Ubuntu: sudo apt install --reinstall libasound2-data</source>
        <translation>このコンピューターのサウンドシステムの設定がありません。Debian または Ubuntu では：sudo apt install --reinstall libasound2-data</translation>
    </message>
    <message>
        <source>Close this and change nothing (Esc)</source>
        <extracomment>Of the button that leaves a dialog.</extracomment>
        <translation>何も変えずに閉じます（Esc）</translation>
    </message>
    <message>
        <source>Taken back: {label}</source>
        <extracomment>What was done, taken back or done again: a sentence for the status bar.</extracomment>
        <translation>元に戻しました：{label}</translation>
    </message>
    <message>
        <source>The system has no room for more work at the moment. Close other programs, then try again.</source>
        <translation>現在、システムに作業を増やす余裕がありません。ほかのプログラムを閉じてから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Waiting until that has ended …</source>
        <extracomment>Jobs that end with the window, and those that end with what is open. Something for the status bar.</extracomment>
        <translation>終わるまで待っています…</translation>
    </message>
    <message>
        <source>Carry over &amp;from</source>
        <extracomment>Something is offered: a sentence. Something could not be done: a sentence. Runs to be compared with others, and whether a person waits for it.</extracomment>
        <translation>引き継ぐ元の実行(&amp;F)</translation>
    </message>
    <message>
        <source>Sources of {run} fit {n} of {n_components} components.</source>
        <translation>{run} の音源は、{n_components} 個の成分のうち {n} 個に合います。</translation>
    </message>
    <message>
        <source>Names of {run} fit {n} of {n_components} components.</source>
        <translation>{run} の名前は、{n_components} 個の成分のうち {n} 個に合います。</translation>
    </message>
    <message>
        <source>Sources and names of {run} fit {n} of {n_components} components.</source>
        <translation>{run} の音源と名前は、{n_components} 個の成分のうち {n} 個に合います。</translation>
    </message>
    <message numerus="yes">
        <source>Strokes of {run} for this run too: %n.</source>
        <translation>
            <numerusform>{run} のストロークをこの実行にも：%n 個。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With %n stroke(s).</source>
        <translation>
            <numerusform>ストローク %n 個も引き継がれます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Carry over from {run}</source>
        <translation>{run} から引き継ぐ</translation>
    </message>
    <message>
        <source>Bring the strokes of this run, and the sources and names that fit</source>
        <translation>この実行のストロークと、合う音源と名前を引き継ぎます</translation>
    </message>
    <message>
        <source>No other run has sources or names</source>
        <translation>音源や名前のある実行はほかにありません</translation>
    </message>
    <message>
        <source>Make sources, or name components, in another run first</source>
        <translation>先に、ほかの実行で音源を作るか、成分に名前を付けてください</translation>
    </message>
    <message>
        <source>Nothing fits: no component is like one with a source or name.</source>
        <translation>合うものがありません。音源や名前のある成分と同じ音の成分が見つかりませんでした。</translation>
    </message>
    <message>
        <source>{limit} It is that now, not {typed}.</source>
        <extracomment>So long a note can be read.</extracomment>
        <translation>{limit}{typed} ではなく、その値になりました。</translation>
    </message>
    <message>
        <source>At most {number}.</source>
        <translation>{number} 以下です。</translation>
    </message>
    <message>
        <source>At least {number}.</source>
        <translation>{number} 以上です。</translation>
    </message>
    <message>
        <source>Carry over</source>
        <translation>引き継ぐ</translation>
    </message>
    <message>
        <source>No</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>Do not carry over</source>
        <translation>引き継がない</translation>
    </message>
    <message>
        <source>Leave them as they are; the menu Mix carries over later too</source>
        <translation>このままにします。「ミックス」メニューから後で引き継ぐこともできます</translation>
    </message>
    <message>
        <source>Give these components the sources and names of those that they are like; Undo takes it back</source>
        <translation>同じ音の成分の音源と名前を、これらの成分に付けます。「元に戻す」で取り消せます</translation>
    </message>
    <message>
        <source>Not on this page</source>
        <extracomment>Pictures are made anew once the window has kept its size for so long. How many places were found, and which of them is shown, counted from 1.</extracomment>
        <translation>このページにはありません</translation>
    </message>
    <message>
        <source>{place} of {n}</source>
        <translation>{n} 件中 {place} 件目</translation>
    </message>
    <message>
        <source>FLAC with {n} bits a sample</source>
        <extracomment>What files begin with, after so many bytes, and what they are. How the first packet of an Ogg stream begins. Numbers that WAV files have for codings. What libsndfile decodes: such a file is damaged, and its coding is not why. Bits of a sample that libsndfile decodes of FLAC.</extracomment>
        <translation>1 サンプル {n} ビットの FLAC</translation>
    </message>
    <message>
        <source>number 0x{tag:04X}</source>
        <translation>番号 0x{tag:04X}</translation>
    </message>
    <message>
        <source>{coding} with {n} bits a sample</source>
        <translation>1 サンプル {n} ビットの {coding}</translation>
    </message>
    <message>
        <source>“{name}” breaks off after {there}, which were opened; how much is missing, the file does not say.</source>
        <extracomment>Less than this is told in samples too: it may be the fault of the header.</extracomment>
        <translation>「{name}」は {there}で途切れています。そこまでを開きました。どれだけ欠けているかはファイルからはわかりません。</translation>
    </message>
    <message>
        <source>The header of “{name}” does not say how long it is: everything up to the end of the file was opened, {there}.</source>
        <translation>「{name}」のヘッダーには長さが書かれていません。ファイルの終わりまでのすべて、{there}を開きました。</translation>
    </message>
    <message numerus="yes">
        <source>The header of “{name}” promises %n sample(s) ({ms:.3g} ms) more than the file holds: {there} of {promised} are there and were opened.</source>
        <translation>
            <numerusform>「{name}」のヘッダーに書かれた長さは、実際より %n サンプル（{ms:.3g} ms）長くなっています。{promised}のうち {there}があり、それを開きました。</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is incomplete: {there} of {promised} are there and were opened; {missing} are missing.</source>
        <translation>「{name}」は不完全です。{promised}のうち {there}があり、それを開きました。{missing}分が欠けています。</translation>
    </message>
    <message>
        <source>“{name}” is damaged: {lost} of it cannot be read and are silent, the first after {at}.</source>
        <translation>「{name}」は破損しています。{lost}分は読み取れないため無音にしました。最初の箇所は {at}からです。</translation>
    </message>
    <message>
        <source>The sample rate of “{name}” changes after {at} from {rate_hz} to {other_hz} Hz: only what comes before was opened.</source>
        <translation>「{name}」のサンプルレートは {at}の後で {rate_hz} から {other_hz} Hz に変わります。その前の部分だけを開きました。</translation>
    </message>
    <message>
        <source>The number of channels of “{name}” changes after {at} from {n_channels} to {n_others}: only what comes before was opened.</source>
        <translation>「{name}」のチャンネル数は {at}の後で {n_channels} から {n_others} に変わります。その前の部分だけを開きました。</translation>
    </message>
    <message>
        <source>The guide “{name}” cannot be read.</source>
        <translation>ガイド「{name}」を読み込めません。</translation>
    </message>
    <message>
        <source>The guide “{name}” makes no sense: {reason}.</source>
        <translation>ガイド「{name}」は正しくありません：{reason}。</translation>
    </message>
    <message>
        <source>The guide “{name}” cannot be written.</source>
        <translation>ガイド「{name}」を書き込めません。</translation>
    </message>
    <message>
        <source>Paint every source once first. Without a stroke: {names}.</source>
        <extracomment>Something for the status bar.</extracomment>
        <translation>まず、どの音源にも 1 回ずつ描いてください。ストロークがない音源：{names}。</translation>
    </message>
    <message numerus="yes">
        <source>Without effect, where the recording is silent or beyond its end: %n stroke(s). Move or delete what is marked ⚠.</source>
        <translation>
            <numerusform>録音が無音の箇所か録音の外にあり、効果のないストローク：%n 個。⚠ の付いたものを動かすか、削除してください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Contradicting one another over the same sound: %n stroke(s). Hear them, and delete or give away what is wrong.</source>
        <translation>
            <numerusform>同じ音の上で互いに矛盾するストローク：%n 個。聴いてみて、間違ったものを削除するか、別の音源へ移してください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Where no source dominates: %n stroke(s). Paint where one is alone.</source>
        <translation>
            <numerusform>どの音源も優勢でない所のストローク：%n 個。1 つの音源だけが鳴っている所に描いてください。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to write: this place is outside the recording.</source>
        <translation>書き出すものがありません。この箇所は録音の外です。</translation>
    </message>
    <message>
        <source>{what} {start}–{stop} s</source>
        <translation>{what} {start}–{stop} 秒</translation>
    </message>
    <message>
        <source>Nothing was added: a run holds {most} strokes at the most.</source>
        <translation>追加されませんでした。1 つの実行に入るストロークは {most} 個までです。</translation>
    </message>
    <message>
        <source>Add a stroke: {name}</source>
        <translation>ストロークを追加：{name}</translation>
    </message>
    <message>
        <source>Change a stroke</source>
        <translation>ストロークを変更</translation>
    </message>
    <message numerus="yes">
        <source>%n stroke(s) to {name}</source>
        <translation>
            <numerusform>%n 個のストロークを {name} へ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Switch on %n stroke(s)</source>
        <translation>
            <numerusform>%n 個のストロークをオン</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Switch off %n stroke(s)</source>
        <translation>
            <numerusform>%n 個のストロークをオフ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n stroke(s)</source>
        <translation>
            <numerusform>%n 個のストロークを削除</numerusform>
        </translation>
    </message>
    <message>
        <source>Separate the recording first: strokes sort the components that were found.</source>
        <translation>まず録音を分離してください。ストロークは、見つかった成分を振り分けるものです。</translation>
    </message>
    <message>
        <source>Strokes need sources: press Suggest or New source in the tab Sources, or load guidance.</source>
        <translation>ストロークには音源が必要です。「音源」タブで「提案」か「新しい音源」を押すか、ガイドを読み込んでください。</translation>
    </message>
    <message>
        <source>Strokes say which source a place in the spectrogram belongs to. Paint them with the brush, or type a place below and press Add.</source>
        <translation>ストロークは、スペクトログラムの箇所がどの音源のものかを示します。ブラシで描くか、下に箇所を入力して「追加」を押してください。</translation>
    </message>
    <message>
        <source>Save guidance…</source>
        <extracomment>So many sentences stand above the list, the first ones first; the tooltip has all. So much is shown on either side of a place. Strokes are to be pointed out: their numbers. A stretch of time is to be brought into sight: its ends in seconds. A place is to be heard: a `Box`, a source or None, and whether of what is heard. A stroke is to be added: its place, and its source. Strokes are to be changed: their numbers, a place or None, a source or None. Other lines are to be seen, or others are selected.</extracomment>
        <translation>ガイドを保存…</translation>
    </message>
    <message>
        <source>Write sources and strokes into a file, to be used on another take or run</source>
        <translation>音源とストロークをファイルに書き込みます。別のテイクや実行に使えます</translation>
    </message>
    <message>
        <source>Load guidance…</source>
        <translation>ガイドを読み込む…</translation>
    </message>
    <message>
        <source>Add the sources and strokes of a file</source>
        <translation>ファイルの音源とストロークを加えます</translation>
    </message>
    <message>
        <source>There is more: what is marked ⚠ says why.</source>
        <extracomment>Above the list: what is to be done next.</extracomment>
        <translation>ほかにもあります。⚠ の付いた行に理由があります。</translation>
    </message>
    <message>
        <source>Hear the recording there	P</source>
        <translation>この箇所の録音を聴く	P</translation>
    </message>
    <message>
        <source>Hear {name} there</source>
        <translation>この箇所の {name} を聴く</translation>
    </message>
    <message>
        <source>Bring into sight	double click</source>
        <translation>見える所に出す	ダブルクリック</translation>
    </message>
    <message>
        <source>Switch off	Space</source>
        <translation>オフにする	Space</translation>
    </message>
    <message>
        <source>Switch on	Space</source>
        <translation>オンにする	Space</translation>
    </message>
    <message>
        <source>Give to</source>
        <translation>別の音源へ</translation>
    </message>
    <message>
        <source>Delete	Del</source>
        <translation>削除	Del</translation>
    </message>
    <message>
        <source>Save guidance</source>
        <extracomment>What was done, and what of a guide means nothing here: a sentence or some.</extracomment>
        <translation>ガイドを保存</translation>
    </message>
    <message>
        <source>{name} guide</source>
        <translation>{name} ガイド</translation>
    </message>
    <message>
        <source>Guidance saved as {name}.</source>
        <translation>ガイドを {name} として保存しました。</translation>
    </message>
    <message numerus="yes">
        <source>%n stroke(s) of what is unassigned stayed out: a guide knows sources only.</source>
        <translation>
            <numerusform>未割り当てのストローク %n 個は含まれていません。ガイドに入るのは音源だけです。</numerusform>
        </translation>
    </message>
    <message>
        <source>Load guidance</source>
        <translation>ガイドを読み込む</translation>
    </message>
    <message>
        <source>{name} was not loaded: the run was changed meanwhile. Load it again.</source>
        <translation>{name} は読み込まれませんでした。その間に実行が変わりました。もう一度読み込んでください。</translation>
    </message>
    <message>
        <source>Load guidance: {name}</source>
        <translation>ガイドを読み込む：{name}</translation>
    </message>
    <message>
        <source>Guides (*.json)</source>
        <translation>ガイド (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n stroke(s) loaded from {name}.</source>
        <translation>
            <numerusform>{name} から %n 個のストロークを読み込みました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Outside of this recording, and without effect: %n stroke(s).</source>
        <translation>
            <numerusform>この録音の外にあり、効果のないストローク：%n 個。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stroke(s) found no room any more.</source>
        <translation>
            <numerusform>%n 個のストロークは、もう入りませんでした。</numerusform>
        </translation>
    </message>
    <message>
        <source>This run has no component {numbers}.</source>
        <translation>この実行に成分 {numbers} はありません。</translation>
    </message>
    <message>
        <source>The recording is silent there, or ends before: the stroke says nothing. Move or delete it.</source>
        <extracomment>What may be wrong with a stroke, and what to do about it.</extracomment>
        <translation>録音はそこで無音か、すでに終わっています。このストロークには効果がありません。動かすか、削除してください。</translation>
    </message>
    <message>
        <source>It contradicts a stroke of another source: both are over the same sound. One of them is wrong, or wants to be smaller.</source>
        <translation>別の音源のストロークと矛盾しています。どちらも同じ音の上にあります。どちらかが間違っているか、もっと小さくすべきです。</translation>
    </message>
    <message>
        <source>No source dominates there. Paint where one is alone.</source>
        <translation>ここではどの音源も優勢ではありません。1 つの音源だけが鳴っている所に描いてください。</translation>
    </message>
    <message>
        <source>Its source is locked and keeps what it has: the stroke does not count.</source>
        <translation>音源がロックされていて今のままなので、このストロークは数えられません。</translation>
    </message>
    <message>
        <source>box</source>
        <comment>kind of stroke</comment>
        <translation>ボックス</translation>
    </message>
    <message>
        <source>harmonic brush</source>
        <translation>倍音ブラシ</translation>
    </message>
    <message>
        <source>brush</source>
        <comment>kind of stroke</comment>
        <translation>ブラシ</translation>
    </message>
    <message>
        <source>Its source has {share:.1f} % of the recording; without this stroke it would have {without:.1f} %.</source>
        <translation>この音源は録音の {share:.1f} % です。このストロークがなければ {without:.1f} % です。</translation>
    </message>
    <message>
        <source>{start} to {stop} s</source>
        <translation>{start} から {stop} 秒</translation>
    </message>
    <message>
        <source>{low} to {high} Hz</source>
        <translation>{low} から {high} Hz</translation>
    </message>
    <message>
        <source>{moved} dB moved</source>
        <translation>{moved} dB の変化</translation>
    </message>
    <message>
        <source>off</source>
        <comment>a stroke that does not count</comment>
        <translation>オフ</translation>
    </message>
    <message>
        <source>{times}, {band} Hz</source>
        <translation>{times}、{band} Hz</translation>
    </message>
    <message>
        <source>Some of it was erased again</source>
        <translation>一部が消されています</translation>
    </message>
    <message>
        <source>Off: it does not count</source>
        <translation>オフ：数えられません</translation>
    </message>
    <message>
        <source>What the place belongs to. Checked: the stroke counts.</source>
        <translation>箇所が属する音源です。チェックされたストロークが数えられます。</translation>
    </message>
    <message>
        <source>Hear</source>
        <translation>聴く</translation>
    </message>
    <message>
        <source>▶: hear just that place; again: what was heard before</source>
        <translation>▶：その箇所だけを聴きます。もう一度押すと、前に聴いていたものに戻ります</translation>
    </message>
    <message>
        <source>Time</source>
        <comment>of a stroke</comment>
        <translation>時間</translation>
    </message>
    <message>
        <source>From when to when</source>
        <translation>いつからいつまでか</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>From which frequency to which</source>
        <translation>どの周波数からどの周波数までか</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>What it moved: by so much the stroke raises its source</source>
        <translation>ストロークの効果：音源をこれだけ大きくします</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>⚠: something is wrong with the stroke</source>
        <translation>⚠：ストロークに問題があります</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>What it was painted with</source>
        <translation>何で描かれたか</translation>
    </message>
    <message>
        <source>What was painted. Enter or P: hear just that place. Double click: bring it into sight. Its box, or Space if you came by Tab: let it count or not. Alt+1 to Alt+9: give it to another source. Del: delete. Right click: more.</source>
        <translation>描かれたものです。Enter か P：その箇所だけを聴きます。ダブルクリック：見える所に出します。チェックボックス、または Tab で来たときの Space：数えるかどうかを切り替えます。Alt+1 ～ Alt+9：別の音源のものにします。Del：削除します。右クリック：その他。</translation>
    </message>
    <message>
        <source>Strokes</source>
        <extracomment>Columns that are left out where there is little room, in this order. Widths are those of these texts, so that no line has to be looked at. The strokes in the selected lines are to be deleted, or to count or not. They are to be of another source: its place among the sources, from 0. The place of the stroke in one line is to be heard. Another selection, or another line that the keyboard is at.</extracomment>
        <translation>ストローク</translation>
    </message>
    <message>
        <source>What this source is heard as. Click: see it large</source>
        <extracomment>It has another size, or is seen again.</extracomment>
        <translation>この音源が聞こえるとおりの姿。クリック：大きく表示</translation>
    </message>
    <message>
        <source>Picture of the source</source>
        <translation>音源の図</translation>
    </message>
    <message>
        <source>Colours of the sources</source>
        <translation>音源の色</translation>
    </message>
    <message>
        <source>Bright is loud, pale is unsure: a place that all sources share alike is grey, and so is what is unassigned.
{names}</source>
        <translation>明るいほど大きな音、淡いほど不確かです。すべての音源が等しく分け合う場所は灰色で、未割り当てのものも灰色です。
{names}</translation>
    </message>
    <message>
        <source>{title}: {names}</source>
        <translation>{title}：{names}</translation>
    </message>
    <message>
        <source>{name} {percent} %</source>
        <translation>{name} {percent} %</translation>
    </message>
    <message>
        <source>{name} is painted.</source>
        <extracomment>Something for the status bar. Something for screen readers.</extracomment>
        <translation>{name}を描きます。</translation>
    </message>
    <message>
        <source>{name} is locked: unlock it first, or paint another source.</source>
        <translation>{name}はロックされています。先にロックを解除するか、ほかの音源を描いてください。</translation>
    </message>
    <message>
        <source>There is nothing to erase here; strokes of locked sources stay.</source>
        <translation>ここには消すものがありません。ロックされた音源のストロークは残ります。</translation>
    </message>
    <message>
        <source>Erased: {place}.</source>
        <translation>消しました：{place}。</translation>
    </message>
    <message numerus="yes">
        <source>A run holds no more than %n stroke(s).</source>
        <translation>
            <numerusform>一つの実行に置けるストロークは %n 個までです。</numerusform>
        </translation>
    </message>
    <message>
        <source>Paint {source}</source>
        <translation>{source}を描く</translation>
    </message>
    <message>
        <source>{name} was made for what you painted.</source>
        <translation>描いたものを入れる{name}を作りました。</translation>
    </message>
    <message>
        <source>{name} painted: {place}.</source>
        <translation>{name}を描きました：{place}。</translation>
    </message>
    <message>
        <source>{start} to {stop}, {low:.0f} to {high:.0f} Hz</source>
        <translation>{start}から{stop}、{low:.0f}～{high:.0f} Hz</translation>
    </message>
    <message>
        <source>Given up: nothing was painted.</source>
        <extracomment>A line of the harmonic brush is a semitone high: those of the first 16 partials lie apart. Of more places than these the first are looked through for those that matter. No place is lower: paths have no frequency of 0. Places that lie nearer to one another on the screen are one. What is drawn above strokes that are there. The place that was drawn, a `Shape`. The moment in seconds that the hand has come to. Something for those who do not see it.</extracomment>
        <translation>やめました。何も描いていません。</translation>
    </message>
    <message>
        <source>Painting from {place}.</source>
        <translation>{place}から描いています。</translation>
    </message>
    <message>
        <source>Separate the recording first: strokes sort the components of a run.</source>
        <translation>先に録音を分離してください。ストロークは実行の成分を振り分けます。</translation>
    </message>
    <message>
        <source>{size} oct</source>
        <extracomment>Width of the button of the source, in pixels; what its frame and its mark take of it. Brush and eraser are to be so many octaves high. The harmonic brush is to draw so many lines. This source is to be painted from now on. A new source is to be made and painted.</extracomment>
        <translation>{size} oct</translation>
    </message>
    <message>
        <source>Height of brush and eraser in octaves</source>
        <translation>ブラシと消しゴムの高さ (オクターブ)</translation>
    </message>
    <message>
        <source>How high brush and eraser are, in octaves; also the wheel with Alt does it</source>
        <translation>ブラシと消しゴムの高さ (オクターブ)。Alt+ホイールでも変えられます</translation>
    </message>
    <message>
        <source>Lines of the harmonic brush</source>
        <translation>倍音ブラシの線の数</translation>
    </message>
    <message>
        <source>How many lines it draws: the note and its overtones; also the wheel with Alt</source>
        <translation>描く線の数 (音とその倍音)。Alt+ホイールでも変えられます</translation>
    </message>
    <message>
        <source>Source to paint: {name}</source>
        <translation>描く音源：{name}</translation>
    </message>
    <message>
        <source>{name} is painted; choose another source</source>
        <translation>{name}を描きます。ほかの音源も選べます</translation>
    </message>
    <message>
        <source>{name} (locked)</source>
        <translation>{name} (ロック中)</translation>
    </message>
    <message>
        <source>{words}, key {key}</source>
        <extracomment>Longer names are cut off on the button; its tip has all of them.</extracomment>
        <translation>{words}、キー {key}</translation>
    </message>
    <message>
        <source>{name} is locked: unlock it to give it more</source>
        <translation>{name} はロックされています。加えるにはロックを解除してください</translation>
    </message>
    <message>
        <source>This place is of {name}</source>
        <translation>この箇所は {name} の音です</translation>
    </message>
    <message>
        <source>No more questions.</source>
        <extracomment>Jobs: finding places, which takes some seconds, and choosing one of them. So long a screen reader is given to say the question before the place is heard. An answer that comes sooner was meant for the question before: a key was pressed twice. Something for the status bar. Something for screen readers. The place that is asked about: a `Box`; None: none is. Sources are to be suggested first. It has begun to ask about a run: its number.</extracomment>
        <translation>質問を終わります。</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>取り消しました。</translation>
    </message>
    <message>
        <source>No more strokes can be kept in this run: asking has ended.</source>
        <translation>この実行にはこれ以上ストロークを加えられません。質問を終わりました。</translation>
    </message>
    <message>
        <source>Ask me: {source}</source>
        <translation>質問に答える：{source}</translation>
    </message>
    <message>
        <source>Asking has ended, as another run is shown or goes on.</source>
        <translation>別の実行が表示されているか進行中のため、質問を終わりました。</translation>
    </message>
    <message>
        <source>Looking for places to ask about …</source>
        <translation>質問する箇所を探しています …</translation>
    </message>
    <message>
        <source>M: mixed. R: again. S or the right arrow: skip. N: a new source. Escape: enough.</source>
        <translation>M：混ざっている。R：もう一度。S または右矢印：飛ばす。N：新しい音源。Esc：終わりにする。</translation>
    </message>
    <message>
        <source>Question {number}: which source is this?</source>
        <translation>質問 {number}：これはどの音源ですか？</translation>
    </message>
    <message>
        <source>{sources}. {others}</source>
        <translation>{sources}。{others}</translation>
    </message>
    <message>
        <source>Likely in the right source: {now:.0f} % of the sound</source>
        <translation>おそらく正しい音源にある音：{now:.0f} %</translation>
    </message>
    <message numerus="yes">
        <source>%n stroke(s) · likely in the right source: {now:.0f} % of the sound, {before:.0f} % at the start</source>
        <translation>
            <numerusform>ストローク %n 個 · おそらく正しい音源にある音：{now:.0f} %（最初は {before:.0f} %）</numerusform>
        </translation>
    </message>
    <message>
        <source>{now:.0f} % likely right: that may be enough.</source>
        <translation>{now:.0f} % がおそらく正しい状態です。もう十分かもしれません。</translation>
    </message>
    <message>
        <source>{now:.0f} % likely right.</source>
        <translation>{now:.0f} % がおそらく正しい状態です。</translation>
    </message>
    <message>
        <source>Mixed.</source>
        <translation>混ざっている。</translation>
    </message>
    <message>
        <source>Skipped.</source>
        <translation>飛ばしました。</translation>
    </message>
    <message>
        <source>There are no sources yet that you could name. Let the program suggest some: as soon as there are two, it asks.</source>
        <translation>答えに選べる音源がまだありません。プログラムに提案させてください。二つになると質問が始まります。</translation>
    </message>
    <message>
        <source>There is one source only, so there is nothing to tell apart. As soon as there are two, the program asks.</source>
        <translation>音源が一つしかないので、区別するものがありません。二つになると質問が始まります。</translation>
    </message>
    <message>
        <source>All sources but one are locked, so there is nothing to tell apart. Unlock some.</source>
        <translation>一つを除くすべての音源がロックされているので、区別するものがありません。ロックを解除してください。</translation>
    </message>
    <message>
        <source>There is nothing to ask: no place that is left belongs clearly to one component.</source>
        <translation>質問することがありません。残りの箇所には、はっきり一つの成分だけのものがありません。</translation>
    </message>
    <message>
        <source>Nothing is left to ask.</source>
        <translation>質問はもう残っていません。</translation>
    </message>
    <message>
        <source>Enough for now.</source>
        <translation>ここまでにします。</translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) answered, new strokes: {n_strokes}.</source>
        <translation>
            <numerusform>%n 個の質問に答え、新しいストロークは {n_strokes} 個です。</numerusform>
        </translation>
    </message>
    <message>
        <source>Likely in the right source: {before:.0f} % of the sound before, {now:.0f} % now.</source>
        <translation>おそらく正しい音源にある音は、前は {before:.0f} %、今は {now:.0f} % です。</translation>
    </message>
</context>
</TS>
