package dev.lifeboat.aws.pgbackrest;

import dev.lifeboat.contract.error.BackupUnusableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads every byte of a base backup's own files: each has to have the size and the SHA-1 that its manifest says. Files that it refers to in
 * other backups are verified with those; that they are there at all is verified here. Thread-safe.
 */
public final class BaseBackupVerification {
    /** The SHA-1 of nothing: a manifest leaves it out. */
    private static final String OF_NOTHING = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

    private final PgBackRestRepository repository;
    private final RepositoryFiles files;
    private final Decryption manifests;

    /** @throws BackupUnusableException when backup.info cannot be used */
    public BaseBackupVerification(PgBackRestRepository repository) {
        this.repository = repository;
        this.files = repository.files();
        this.manifests = new Decryption(repository.backupPassphrase());
    }

    /**
     * How many parts a backup has, so that each fits into a function's time.
     *
     * @param bytes that a part has at most, where no file or bundle is larger
     * @return 1 or more
     * @throws BackupUnusableException when its manifest cannot be used
     */
    public int parts(String label, long bytes) {
        return cut(label, manifest(label), bytes).size();
    }

    /**
     * Verifies a part of a backup.
     *
     * @param part from 0
     * @param bytes as in {@link #parts}
     * @param between called before each file, to stop by an exception
     */
    public VerifiedPart verify(String label, int part, long bytes, Runnable between) {
        BaseBackupManifest manifest;
        try {
            manifest = manifest(label);
        } catch (BackupUnusableException e) {
            return new VerifiedPart(0, 0, List.of(RepositoryProblem.corrupt(label, sentence(e))));
        }
        List<RepositoryProblem> problems = new ArrayList<>();
        if (part == 0) {
            problems.addAll(references(label, manifest));
        }
        List<Stored> stored = cut(label, manifest, bytes).get(part);
        ContentCheck content = new ContentCheck(new Decryption(manifest.passphrase()));
        for (Stored each : stored) {
            verify(label, manifest, content, each, between, problems);
        }
        int count = stored.stream().mapToInt(each -> each.files().size()).sum();
        return new VerifiedPart(count, stored.stream().mapToLong(Stored::bytes).sum(), problems);
    }

    /** Without the hint. */
    private static String sentence(BackupUnusableException e) {
        return e.getMessage().replaceAll(" HINT: .*", "");
    }

    private BaseBackupManifest manifest(String label) {
        String path = repository.backupFolder() + "/" + label + "/backup.manifest";
        try {
            return BaseBackupManifest.of(repository.info(path, manifests));
        } catch (IOException e) {
            throw new BackupUnusableException(
                    "The manifest " + files.name() + "/" + path + " cannot be used: " + e.getMessage() + ".",
                    "Make a new base backup: `pgbackrest --type=full backup`.",
                    e);
        }
    }

    /** An object of the repository, with what lies in it in its order. */
    private record Stored(String path, boolean bundle, List<ManifestFile> files) {
        long bytes() {
            return files.stream().mapToLong(ManifestFile::size).sum();
        }
    }

    private List<List<Stored>> cut(String label, BaseBackupManifest manifest, long most) {
        List<List<Stored>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        long bytes = 0;
        for (Stored each : stored(label, manifest)) {
            if (bytes > 0 && bytes + each.bytes() > most) {
                parts.add(new ArrayList<>());
                bytes = 0;
            }
            parts.get(parts.size() - 1).add(each);
            bytes += each.bytes();
        }
        return parts;
    }

    private List<Stored> stored(String label, BaseBackupManifest manifest) {
        List<Stored> stored = new ArrayList<>();
        Map<Long, List<ManifestFile>> bundles = new TreeMap<>();
        for (ManifestFile file : manifest.files()) {
            if (file.reference() != null || unstored(manifest, file)) {
                continue;
            }
            if (file.bundle() > 0) {
                bundles.computeIfAbsent(file.bundle(), id -> new ArrayList<>()).add(file);
            } else {
                stored.add(new Stored(path(label, manifest, file), false, List.of(file)));
            }
        }
        bundles.forEach((id, members) -> {
            members.sort(Comparator.comparingLong(ManifestFile::offset));
            stored.add(new Stored(repository.backupFolder() + "/" + label + "/bundle/" + id, true, members));
        });
        return stored;
    }

    private String path(String label, BaseBackupManifest manifest, ManifestFile file) {
        return repository.backupFolder() + "/" + label + "/"
                + (file.bundle() > 0 ? "bundle/" + file.bundle() : file.name() + manifest.suffix());
    }

    /** That what other backups hold for this one is there, with its size: their own verification looks into it. */
    private List<RepositoryProblem> references(String label, BaseBackupManifest manifest) {
        Map<String, List<ManifestFile>> byLabel = manifest.files().stream()
                .filter(file -> file.reference() != null)
                .collect(Collectors.groupingBy(ManifestFile::reference, TreeMap::new, Collectors.toList()));
        List<RepositoryProblem> problems = new ArrayList<>();
        byLabel.forEach((reference, members) -> {
            Map<String, Long> sizes = files.list(repository.backupFolder() + "/" + reference).stream()
                    .collect(Collectors.toMap(StoredFile::path, StoredFile::size));
            for (ManifestFile file : members) {
                Long size = sizes.get(path(reference, manifest, file));
                if (size == null && !unstored(manifest, file)) {
                    problems.add(RepositoryProblem.corrupt(
                            label + "/" + file.name(),
                            "It is to be found in backup " + reference + ", and is not there."));
                }
            }
        });
        return problems;
    }

    /** With bundles an empty file is not stored at all. */
    private static boolean unstored(BaseBackupManifest manifest, ManifestFile file) {
        return file.size() == 0 && manifest.bundles();
    }

    private void verify(
            String label,
            BaseBackupManifest manifest,
            ContentCheck content,
            Stored stored,
            Runnable between,
            List<RepositoryProblem> problems) {
        if (manifest.compression() == null) {
            problems.add(RepositoryProblem.unverifiable(
                    label + "/" + stored.path(), "It is compressed with bzip2, which is not read here."));
            return;
        }
        try (InputStream in = files.open(stored.path())) {
            long at = 0;
            for (ManifestFile file : stored.files()) {
                between.run();
                in.skipNBytes(file.offset() - at);
                Part part = new Part(in, stored.bundle() ? file.storedSize() : Long.MAX_VALUE);
                verify(manifest, content, file, part, stored.bundle() && manifest.rawBundles())
                        .map(why -> new RepositoryProblem(
                                file.blocks() ? RepositoryProblem.Kind.UNVERIFIABLE : RepositoryProblem.Kind.CORRUPT,
                                label + "/" + file.name(),
                                stored.path() + (file.blocks() ? " cannot be judged: " : " is damaged: ") + why + "."))
                        .ifPresent(problems::add);
                if (stored.bundle()) {
                    part.skipToEnd();
                }
                at = file.offset() + file.storedSize();
            }
        } catch (BackupUnusableException e) {
            stored.files()
                    .forEach(file -> problems.add(
                            RepositoryProblem.corrupt(label + "/" + file.name(), stored.path() + " is missing.")));
        } catch (IOException e) {
            problems.add(RepositoryProblem.corrupt(
                    label + "/" + stored.path(), "It ends before all that the manifest has in it."));
        }
    }

    private static Optional<String> verify(
            BaseBackupManifest manifest, ContentCheck content, ManifestFile file, InputStream stored, boolean raw) {
        if (file.blocks()) {
            return Optional.of("it holds changed blocks alone (repo1-block), which are not read here");
        }
        String expected = file.size() == 0 ? OF_NOTHING : file.sha1();
        try {
            ContentCheck.Content found = content.read(stored, file.name(), manifest.compression(), raw, 0);
            if (found.size() != file.size()) {
                return Optional.of("it has " + found.size() + " bytes, expected " + file.size());
            }
            return found.sha1().equals(expected)
                    ? Optional.empty()
                    : Optional.of("its SHA-1 is " + found.sha1() + ", expected " + expected);
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** A run of bytes within an object, whose end is this stream's. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(got, 0);
            return got;
        }

        /** What a damaged file has left unread, so that the next one begins where it does. */
        void skipToEnd() throws IOException {
            try {
                in.skipNBytes(left);
            } catch (EOFException e) {
                // Then the object is too short, and what comes next in it says so.
                left = 0;
            }
        }
    }
}
