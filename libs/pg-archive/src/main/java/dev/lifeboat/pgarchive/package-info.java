/**
 * Reads and verifies archives of pg_dump's custom format with nothing but the JDK.
 *
 * <p>Start reading at {@link dev.lifeboat.pgarchive.ArchiveVerifier} (one pass over a stream) or at
 * {@link dev.lifeboat.pgarchive.PgArchive} (random access over a {@link dev.lifeboat.pgarchive.ByteSource}); both read the
 * same layers: {@code ArchiveInput} (integers, strings), {@code TableOfContents} ({@code HeaderReader},
 * {@code TocEntryReader}), {@code DataBlock}, {@code ChunkInputStream} (framing), {@code BlockContent} (decompression),
 * {@code CopyTextInputStream} (rows) or {@link dev.lifeboat.pgarchive.LargeObjects}.
 *
 * <p>What becomes of every field of the format (pg_backup_archiver.c: ReadHead, ReadToc, ReadOffset; pg_backup_custom.c):
 *
 * <table>
 * <caption>Coverage</caption>
 * <tr><th>field</th><th>since</th><th>what we do with it</th></tr>
 * <tr><td>magic word, version</td><td></td><td>checked: 1.14 to 1.16; the revision is skipped, as by pg_restore</td></tr>
 * <tr><td>size of integers, of offsets; format</td><td></td><td>checked: 4, 8, custom</td></tr>
 * <tr><td>compression level / algorithm</td><td>/ 1.15</td><td>used; LZ4 and Zstandard are refused</td></tr>
 * <tr><td>creation time</td><td></td><td>read as UTC; the daylight saving mark is checked, then skipped</td></tr>
 * <tr><td>database, server version, pg_dump version</td><td></td><td>read</td></tr>
 * <tr><td>entry count</td><td></td><td>checked, used</td></tr>
 * <tr><td>dump id</td><td></td><td>checked: positive, unique</td></tr>
 * <tr><td>data mark</td><td></td><td>checked against kind and offset state</td></tr>
 * <tr><td>catalog OID, object OID</td><td></td><td>read</td></tr>
 * <tr><td>tag, kind, section, definition, drop and COPY statement, schema, tablespace, owner</td><td></td><td>read</td></tr>
 * <tr><td>table access method</td><td>1.14</td><td>read</td></tr>
 * <tr><td>relation kind</td><td>1.16</td><td>read</td></tr>
 * <tr><td>WITH OIDS mark</td><td></td><td>checked: always false since PostgreSQL 12</td></tr>
 * <tr><td>dependencies</td><td></td><td>read; may name entries that a data-only dump lacks</td></tr>
 * <tr><td>offset state, offset</td><td></td><td>used; checked against where the block is</td></tr>
 * <tr><td>block type, block's dump id</td><td></td><td>checked against the entry</td></tr>
 * <tr><td>chunk lengths</td><td></td><td>checked, used</td></tr>
 * <tr><td>zlib stream</td><td></td><td>its checksum, its end and the chunks' end are checked</td></tr>
 * <tr><td>{@code \.} and the line feeds behind a table's rows</td><td></td><td>checked, not given to the caller</td></tr>
 * <tr><td>large objects' OIDs</td><td></td><td>read; checked against their entries before 1.16</td></tr>
 * </table>
 */
package dev.lifeboat.pgarchive;
