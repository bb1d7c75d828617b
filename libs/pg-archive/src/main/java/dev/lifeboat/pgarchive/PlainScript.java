package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A plain dump, {@code .sql} or {@code .sql.gz}. It has no table of contents, so it is read to its end when it is opened, which makes sure
 * that it is whole, too. Constant memory, besides a statement and a line for each table and privilege. Thread-safe: may be read by
 * several threads, each with a reader of its own.
 */
public final class PlainScript implements DumpContents {
    private static final long ONE_PART = Long.MAX_VALUE;

    private final ByteSource source;
    private final boolean gzipped;
    private final int statements;
    private final List<TocEntry> entries;
    private final ArchiveHeader header;
    private final String encoding;
    private final String sha256;

    private PlainScript(ByteSource source, boolean gzipped, ScriptOutline outline, ScriptReader read, String sha256) {
        this.source = source;
        this.gzipped = gzipped;
        this.statements = outline.statements();
        this.encoding = read.encoding();
        this.entries = outline.entries(encoding);
        this.header = outline.named(read.header());
        this.sha256 = sha256;
    }

    /**
     * Reads the script from its beginning to its end.
     *
     * @param source closed by {@link #close()}, and when opening fails
     * @param gzipped whether it is a gzip file
     * @throws ArchiveException when it is not what pg_dump writes, or ends early
     * @throws IOException when the source fails
     */
    public static PlainScript open(ByteSource source, boolean gzipped) throws IOException {
        try (ChecksummedInputStream bytes = new ChecksummedInputStream(source.open(0, source.length()), ONE_PART);
                ScriptReader reader = reader(source, gzipped, bytes)) {
            ScriptOutline outline = new ScriptOutline();
            for (ScriptStatement statement = reader.next(); statement != null; statement = reader.next()) {
                outline.add(statement, statement.isCopy() ? reader.tableData(statement) : null);
            }
            bytes.transferTo(OutputStream.nullOutputStream());
            return new PlainScript(source, gzipped, outline, reader, bytes.sha256());
        } catch (IOException | RuntimeException e) {
            try {
                source.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static ScriptReader reader(ByteSource source, boolean gzipped, InputStream bytes) throws IOException {
        return ScriptReader.of(source.name(), new ArchiveInput(source.name(), bytes, 0, source.length()), gzipped);
    }

    /**
     * Reads the script once more, from its beginning. The caller closes the reader.
     *
     * @throws IOException when the source fails
     */
    public ScriptReader read() throws IOException {
        return reader(source, gzipped, source.open(0, source.length()));
    }

    /** How many statements it holds; a table's rows belong to their COPY statement. */
    public int statements() {
        return statements;
    }

    /** SHA-256 of all its bytes as they are stored, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    @Override
    public ArchiveHeader header() {
        return header;
    }

    @Override
    public String encoding() {
        return encoding;
    }

    @Override
    public List<TocEntry> entries() {
        return entries;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
