/**
 * Reads and verifies archives of pg_dump's custom and directory formats.
 *
 * <p>Start reading at {@link dev.lifeboat.pgarchive.ArchiveVerifier} (one pass over a stream) or at
 * {@link dev.lifeboat.pgarchive.PgArchive} (random access over a {@link dev.lifeboat.pgarchive.ByteSource}, or the files of a
 * {@link dev.lifeboat.pgarchive.ByteDirectory}: {@code ArchiveLayout} hides the difference); both read the
 * same layers: {@code ArchiveInput} (integers, strings), {@code TableOfContents} ({@code HeaderReader},
 * {@code TocEntryReader}), {@code DataBlock}, {@code ChunkInputStream} (framing), {@code BlockContent} (decompression),
 * {@code CopyTextInputStream} (rows) or {@link dev.lifeboat.pgarchive.LargeObjects}.
 *
 * <p>Plain dumps have readers of their own: {@link dev.lifeboat.pgarchive.ScriptVerifier} (one pass) and
 * {@link dev.lifeboat.pgarchive.PlainScript}, over {@link dev.lifeboat.pgarchive.ScriptReader} ({@code SqlLexer}, {@code ScriptFrame},
 * {@code GunzippedInputStream}). {@link dev.lifeboat.pgarchive.DumpFormat} chooses by the name.
 *
 * <p>What becomes of every field of the formats says docs/formats.md.
 */
package dev.lifeboat.pgarchive;
