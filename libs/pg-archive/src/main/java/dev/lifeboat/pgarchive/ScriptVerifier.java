package dev.lifeboat.pgarchive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies a plain dump, {@code .sql} or {@code .sql.gz}, in one sequential pass and in constant memory, as {@link ArchiveVerifier} does
 * an archive: statements, meta-commands, every row, the end, and of a gzip file its checksums. A changed byte within a row or a name of a
 * script that is not compressed can't be told from the script alone: it is verified only once its SHA-256 is the manifest's.
 */
public final class ScriptVerifier {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long PROGRESS_BYTES = 4 << 20;

    private final ArchiveInput bytes;
    private final ArchiveVerifier.Observer observer;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final List<TableContent> tables = new ArrayList<>();
    private final List<TocEntry> entries = new ArrayList<>();
    private ArchiveHeader header;

    private ScriptVerifier(ArchiveInput bytes, ArchiveVerifier.Observer observer) {
        this.bytes = bytes;
        this.observer = observer;
    }

    /**
     * Reads {@code whole} to its end, whatever is found on the way, so that a checksum taken by the stream is that of all bytes. The stream is
     * not closed. Behind the first problem nothing is verified: where a statement begins is not known then.
     *
     * @param name what the dump is called in messages
     * @param gzipped whether it is a gzip file
     * @return its entries are those of the tables' rows alone; its header's database is null for a dump made without --create
     * @throws IOException when the stream itself fails; never for its content
     */
    public static ArchiveVerification verify(
            String name, InputStream whole, boolean gzipped, ArchiveVerifier.Observer progress) throws IOException {
        InputStream kept = new FilterInputStream(whole) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, length);
            }

            @Override
            public void close() {
                // the caller's
            }
        };
        ArchiveInput bytes = new ArchiveInput(name, kept, 0, Long.MAX_VALUE);
        return new ScriptVerifier(bytes, progress).run(name, gzipped);
    }

    private ArchiveVerification run(String name, boolean gzipped) throws IOException {
        Problems problems = new Problems();
        try (ScriptReader reader = ScriptReader.of(name, bytes, gzipped)) {
            try {
                read(reader);
            } finally {
                header = reader.header();
            }
        } catch (ArchiveException e) {
            problems.add(e);
        }
        bytes.skipToEnd();
        return new ArchiveVerification(
                header, entries, tables, problems.messages(), bytes.position(), problems.onlyUnsupported());
    }

    private void read(ScriptReader reader) throws IOException {
        for (ScriptStatement statement = reader.next(); statement != null; statement = reader.next()) {
            if (statement.isCopy()) {
                TocEntry entry = reader.tableData(statement);
                entries.add(entry);
                RowFingerprint fingerprint = fingerprint(reader.rows(), entry);
                tables.add(new TableContent(entry, fingerprint.rows(), fingerprint.value()));
            }
        }
    }

    private RowFingerprint fingerprint(InputStream rows, TocEntry entry) throws IOException {
        observer.progress(bytes.position(), entry);
        RowFingerprint fingerprint = new RowFingerprint();
        long nextReport = bytes.position() + PROGRESS_BYTES;
        for (int got = rows.read(buffer, 0, buffer.length); got >= 0; got = rows.read(buffer, 0, buffer.length)) {
            fingerprint.update(buffer, 0, got);
            if (bytes.position() >= nextReport) {
                observer.progress(bytes.position(), entry);
                nextReport = bytes.position() + PROGRESS_BYTES;
            }
        }
        return fingerprint;
    }
}
