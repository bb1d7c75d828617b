package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import dev.lifeboat.pgarchive.ArchiveLayout.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One verification of an archive in directory format. A fault within a file is noted and the next file is read. */
final class DirectoryVerification {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long PROGRESS_BYTES = 4 << 20;

    private final DirectoryFiles files;
    private final ArchiveVerifier.Observer observer;
    private final Problems problems = new Problems();
    private final List<TableContent> tables = new ArrayList<>();
    private final Set<String> unclaimed;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private ArchiveHeader header;
    private List<TocEntry> entries = List.of();
    private long bytesRead;

    DirectoryVerification(ByteDirectory directory, ArchiveVerifier.Observer observer) throws IOException {
        this.files = new DirectoryFiles(directory);
        this.observer = observer;
        this.unclaimed = new TreeSet<>(files.lengths().keySet());
    }

    ArchiveVerification run() throws IOException {
        TableOfContents toc = readToc();
        if (toc != null) {
            entries = toc.list();
            for (TocEntry entry : toc.withData()) {
                observer.progress(bytesRead, entry);
                verify(toc, entry);
            }
            unclaimed.forEach(this::reportStranger);
        }
        return new ArchiveVerification(
                header, entries, tables, problems.messages(), bytesRead, problems.onlyUnsupported());
    }

    /** Null when it is broken, which is noted. */
    private TableOfContents readToc() throws IOException {
        claim(DirectoryFiles.TOC);
        try (ArchiveInput in = files.open(DirectoryFiles.TOC, "header", this::count)) {
            TableOfContents.Reading reading = new TableOfContents.Reading(in, ArchiveFormat.DIRECTORY);
            try {
                return reading.read();
            } finally {
                header = reading.header();
            }
        } catch (ArchiveException e) {
            problems.add(e);
            return null;
        }
    }

    private void verify(TableOfContents toc, TocEntry entry) throws IOException {
        try {
            if (entry.isLargeObjects()) {
                verifyLargeObjects(toc, entry);
            } else {
                verifyTable(toc, entry);
            }
        } catch (ArchiveException e) {
            problems.add(e);
        }
    }

    private void verifyTable(TableOfContents toc, TocEntry entry) throws IOException {
        Compression compression = toc.header().compression();
        String file = DirectoryFiles.dataFile(entry, toc.version());
        claim(file + DirectoryFiles.suffix(compression));
        Opened opened = files.openContent(file, compression, entry.label(), this::count);
        try (BlockContent content = opened.content()) {
            if (PgArchive.holdsCopyText(entry)) {
                verifyRows(entry, opened);
            } else {
                problems.add(PgArchive.insertStatements(opened.in()));
                readToEnd(content);
            }
        }
    }

    // The stream owns nothing but its buffer: the content is closed by whoever opened it.
    @SuppressWarnings("resource")
    private void verifyRows(TocEntry entry, Opened opened) throws IOException {
        InputStream rows = new CopyTextInputStream(opened.content(), opened.in());
        RowFingerprint fingerprint = new RowFingerprint();
        long nextReport = bytesRead + PROGRESS_BYTES;
        int got = rows.read(buffer, 0, buffer.length);
        while (got >= 0) {
            fingerprint.update(buffer, 0, got);
            if (bytesRead >= nextReport) {
                observer.progress(bytesRead, entry);
                nextReport = bytesRead + PROGRESS_BYTES;
            }
            got = rows.read(buffer, 0, buffer.length);
        }
        tables.add(new TableContent(entry, fingerprint.rows(), fingerprint.value()));
    }

    private void verifyLargeObjects(TableOfContents toc, TocEntry entry) throws IOException {
        claim(DirectoryFiles.dataFile(entry, toc.version()));
        try (DirectoryLargeObjects objects = new DirectoryLargeObjects(files, toc, entry, this::count)) {
            LargeObjectCheck check = new LargeObjectCheck(toc, objects.list(), problems);
            for (long oid = objects.next(); oid != 0; oid = objects.next()) {
                check.found(oid);
                claim(objects.file());
                verifyLargeObject(objects);
            }
            check.end();
        }
    }

    private void verifyLargeObject(DirectoryLargeObjects objects) throws IOException {
        try {
            readToEnd(objects.content());
        } catch (ArchiveException e) {
            problems.add(e);
        }
    }

    private void count(long bytes) {
        bytesRead += bytes;
    }

    private void readToEnd(BlockContent content) throws IOException {
        int got;
        do {
            got = content.read(buffer, 0, buffer.length);
        } while (got >= 0);
    }

    /** Notes whose file it is. That it is missing says whoever opens it. */
    private void claim(String file) {
        if (!unclaimed.remove(file) && files.lengths().containsKey(file)) {
            problems.add(files.fault(
                    Kind.CORRUPT,
                    file,
                    "file",
                    "two entries, or two large objects, have this file.",
                    "Use another backup."));
        }
    }

    private void reportStranger(String file) {
        problems.add(files.fault(
                Kind.CORRUPT,
                file,
                "file",
                "no entry of the table of contents has this file.",
                "Find out who put it there: pg_restore may read it in place of another one."));
    }
}
