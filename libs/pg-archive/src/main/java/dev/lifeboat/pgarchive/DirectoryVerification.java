package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import dev.lifeboat.pgarchive.ArchiveLayout.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * One verification of an archive in directory format. A fault within a file is noted and the next file is read. Of a large directory several
 * threads read files, the largest entries first: inflating takes most of the time.
 */
final class DirectoryVerification {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long PROGRESS_BYTES = 4 << 20;

    private final DirectoryFiles files;
    private final ArchiveVerifier.Observer observer;
    private final int readers;
    private final Problems problems = new Problems();
    private final List<TableContent> tables = new ArrayList<>();
    private final Set<String> unclaimed;
    private ArchiveHeader header;
    private List<TocEntry> entries = List.of();
    private long bytesRead;

    /** @param readers how many threads read files, 1 or more; with 1 it is the caller's */
    DirectoryVerification(DirectoryFiles files, ArchiveVerifier.Observer observer, int readers) {
        this.files = files;
        this.observer = observer;
        this.readers = readers;
        this.unclaimed = new TreeSet<>(files.lengths().keySet());
    }

    ArchiveVerification run() throws IOException {
        TableOfContents toc = readToc();
        if (toc != null) {
            entries = toc.list();
            for (EntryPass pass : verified(toc)) {
                problems.add(pass.found.messages(), pass.found.onlyUnsupported());
                if (pass.table != null) {
                    tables.add(pass.table);
                }
            }
            unclaimed.forEach(this::reportStranger);
        }
        return new ArchiveVerification(
                header, entries, tables, problems.messages(), bytesRead, problems.onlyUnsupported());
    }

    /** Null when it is broken, which is noted. */
    private TableOfContents readToc() throws IOException {
        claim(DirectoryFiles.TOC, problems);
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

    /** In the archive's order. */
    private List<EntryPass> verified(TableOfContents toc) throws IOException {
        List<EntryPass> passes =
                toc.withData().stream().map(entry -> new EntryPass(toc, entry)).toList();
        if (readers == 1) {
            for (EntryPass pass : passes) {
                pass.call();
            }
            return passes;
        }
        ExecutorService threads = DaemonThreads.of("files", readers);
        try {
            List<Future<Void>> work = new ArrayList<>();
            passes.stream()
                    .sorted(Comparator.comparingLong(EntryPass::fileBytes).reversed())
                    .forEach(pass -> work.add(threads.submit(pass)));
            for (Future<Void> each : work) {
                DaemonThreads.await(each);
            }
        } finally {
            DaemonThreads.end(threads);
        }
        return passes;
    }

    private synchronized void count(long bytes) {
        bytesRead += bytes;
    }

    private synchronized void report(TocEntry entry) {
        observer.progress(bytesRead, entry);
    }

    /** Notes whose file it is. That it is missing says whoever opens it. */
    private synchronized void claim(String file, Problems found) {
        if (!unclaimed.remove(file) && files.lengths().containsKey(file)) {
            found.add(files.fault(
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

    /** What is done for one entry, by one thread. */
    private final class EntryPass implements Callable<Void> {
        private final TableOfContents toc;
        private final TocEntry entry;
        private final Problems found = new Problems();
        private byte[] buffer;
        private long unreported;
        private TableContent table;

        EntryPass(TableOfContents toc, TocEntry entry) {
            this.toc = toc;
            this.entry = entry;
        }

        private String file() {
            return DirectoryFiles.dataFile(entry, toc.version());
        }

        /** Of its rows. What its large objects take nobody knows beforehand: it may be the most. */
        long fileBytes() {
            return entry.isLargeObjects()
                    ? Long.MAX_VALUE
                    : files.lengths()
                            .getOrDefault(
                                    file() + DirectoryFiles.suffix(toc.header().compression()), 0L);
        }

        @Override
        public Void call() throws IOException {
            report(entry);
            buffer = new byte[BUFFER_BYTES];
            try {
                if (entry.isLargeObjects()) {
                    verifyLargeObjects();
                } else {
                    verifyTable();
                }
            } catch (ArchiveException e) {
                found.add(e);
            } finally {
                buffer = null;
            }
            return null;
        }

        private void verifyTable() throws IOException {
            Compression compression = toc.header().compression();
            claim(file() + DirectoryFiles.suffix(compression), found);
            Opened opened = files.openContent(file(), compression, entry.label(), this::read);
            try (BlockContent content = opened.content()) {
                if (PgArchive.holdsCopyText(entry)) {
                    verifyRows(opened);
                } else {
                    found.add(PgArchive.insertStatements(opened.in()));
                    readToEnd(content);
                }
            }
        }

        // The stream owns nothing but its buffer: the content is closed by whoever opened it.
        @SuppressWarnings("resource")
        private void verifyRows(Opened opened) throws IOException {
            InputStream rows = new CopyTextInputStream(opened.content(), opened.in());
            RowFingerprint fingerprint = new RowFingerprint();
            int got = rows.read(buffer, 0, buffer.length);
            while (got >= 0) {
                fingerprint.update(buffer, 0, got);
                got = rows.read(buffer, 0, buffer.length);
            }
            table = new TableContent(entry, fingerprint.rows(), fingerprint.value());
        }

        private void verifyLargeObjects() throws IOException {
            claim(file(), found);
            try (DirectoryLargeObjects objects = new DirectoryLargeObjects(files, toc, entry, this::read)) {
                LargeObjectCheck check = new LargeObjectCheck(toc, objects.list(), found);
                for (long oid = objects.next(); oid != 0; oid = objects.next()) {
                    check.found(oid);
                    claim(objects.file(), found);
                    verifyLargeObject(objects);
                }
                check.end();
            }
        }

        private void verifyLargeObject(DirectoryLargeObjects objects) throws IOException {
            try {
                readToEnd(objects.content());
            } catch (ArchiveException e) {
                found.add(e);
            }
        }

        private void readToEnd(BlockContent content) throws IOException {
            int got;
            do {
                got = content.read(buffer, 0, buffer.length);
            } while (got >= 0);
        }

        private void read(long bytes) {
            count(bytes);
            unreported += bytes;
            if (unreported >= PROGRESS_BYTES) {
                unreported = 0;
                report(entry);
            }
        }
    }
}
