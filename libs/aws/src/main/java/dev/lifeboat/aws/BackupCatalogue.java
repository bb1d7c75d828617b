package dev.lifeboat.aws;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.error.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Which backups a bucket holds, and what was found when they were verified. Reads the bucket at every call. Thread-safe.
 *
 * <p>Every method throws {@link dev.lifeboat.contract.error.StorageUnavailableException} when S3 does not answer and
 * {@link dev.lifeboat.contract.error.MisconfiguredException} when it refuses.
 */
public final class BackupCatalogue {
    private final SmallObjects objects;
    private final String bucket;

    /**
     * @param s3 stays the caller's, who closes it
     * @param bucket the bucket's name
     */
    public BackupCatalogue(S3Client s3, String bucket) {
        this.objects = new SmallObjects(s3, bucket);
        this.bucket = bucket;
    }

    /** The bucket's name. */
    public String bucket() {
        return bucket;
    }

    /**
     * The backups of a database, newest first by the time in their names, each with the newest verdict on just this manifest and
     * dump version. A manifest that cannot be read is listed, whosesoever it is: nobody can tell. The bucket is read while
     * the stream is, and hardly further: months of backups every 30 minutes are thousands.
     *
     * @param database the name of the dumped database
     */
    public Stream<CatalogueEntry> newestFirst(String database) {
        return newestFirst(Instant.MAX, manifest -> manifest.database().equals(database));
    }

    /** The backups of every database, as in {@link #newestFirst(String)}. */
    public Stream<CatalogueEntry> newestFirst() {
        return newestFirst(Instant.MAX, manifest -> true);
    }

    /**
     * One backup, with its newest verdict.
     *
     * @return empty when there is no object under that key
     */
    public Optional<CatalogueEntry> entry(String manifestKey) {
        return entry(manifestKey, manifest -> true);
    }

    /** The newest verified backup of the same database that was taken before this one. */
    public Optional<CatalogueEntry> verifiedBefore(BackupManifest manifest) {
        return newestFirst(
                        manifest.snapshotAt(),
                        other -> other.database().equals(manifest.database())
                                && other.snapshotAt().isBefore(manifest.snapshotAt()))
                .filter(CatalogueEntry::verified)
                .findFirst();
    }

    private Stream<CatalogueEntry> newestFirst(Instant notAfter, Predicate<BackupManifest> wanted) {
        Iterator<String> keys = new ManifestKeys(objects, notAfter);
        return new ReadAhead<>(keys, key -> entry(key, wanted)).stream().flatMap(Optional::stream);
    }

    private Optional<CatalogueEntry> entry(String manifestKey, Predicate<BackupManifest> wanted) {
        return withoutVerdict(manifestKey)
                .filter(entry -> entry.manifest() == null || wanted.test(entry.manifest()))
                .map(this::withVerdict);
    }

    /**
     * The current version of a manifest.
     *
     * @return empty when there is none under that key
     * @throws InvalidInputException when it cannot be understood, or is not about the backup that its key names
     */
    public Optional<StoredManifest> manifest(String key) {
        return objects.find(key).map(this::parse);
    }

    /**
     * The newest verdict on just this manifest and dump version.
     *
     * @return empty when there is none, or when it cannot be read: an older one must not stand in for it
     */
    public Optional<Verdict> latestVerdict(StoredManifest manifest) {
        return latestVerdict(manifest.content().backupId(), verdict -> isAbout(manifest, verdict));
    }

    private Optional<Verdict> latestVerdict(String backupId, Predicate<Verdict> about) {
        List<String> keys = objects.keys(BucketLayout.verdicts(backupId));
        for (int i = keys.size() - 1; i >= 0; i--) {
            Optional<Verdict> verdict = verdict(keys.get(i));
            if (verdict.isEmpty() || about.test(verdict.get())) {
                return verdict;
            }
        }
        return Optional.empty();
    }

    /** All verdicts on a backup, whichever version of it they are about, newest first; those that cannot be read are left out. */
    public List<Verdict> verdicts(String backupId) {
        List<Verdict> found = InParallel.map(objects.keys(BucketLayout.verdicts(backupId)), this::verdict).stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(found);
        return found;
    }

    /** Keeps a verdict, and says under which key. */
    public String putVerdict(Verdict verdict) {
        String key = BucketLayout.verdict(verdict.backupId(), verdict.verifiedAt());
        objects.put(key, Json.write(verdict));
        return key;
    }

    /**
     * Keeps a report, and gives its key back.
     *
     * @param key of {@link BucketLayout}
     * @param report becomes JSON
     */
    public String putReport(String key, Object report) {
        objects.put(key, Json.write(report));
        return key;
    }

    /**
     * What {@link #putReport} kept.
     *
     * @return empty when there is nothing under that key
     * @throws InvalidInputException when it cannot be understood
     */
    public <T> Optional<T> report(String key, Class<T> type) {
        return objects.find(key).map(document -> Json.read(objects.name(key), document.content(), type));
    }

    private Optional<CatalogueEntry> withoutVerdict(String key) {
        try {
            return objects.find(key).map(document -> {
                try {
                    return CatalogueEntry.readable(parse(document));
                } catch (InvalidInputException e) {
                    return CatalogueEntry.unreadable(key, document.versionId(), e.getMessage());
                }
            });
        } catch (InvalidInputException e) {
            // Too large to be looked into.
            return Optional.of(CatalogueEntry.unreadable(key, null, e.getMessage()));
        }
    }

    private CatalogueEntry withVerdict(CatalogueEntry entry) {
        Predicate<Verdict> about = entry.stored() == null
                ? verdict -> Objects.equals(entry.manifestVersionId(), verdict.manifestVersionId())
                : verdict -> isAbout(entry.stored(), verdict);
        return entry.with(latestVerdict(entry.backupId(), about).orElse(null));
    }

    private StoredManifest parse(SmallObjects.Document document) {
        String what = "manifest " + objects.name(document.key());
        BackupManifest manifest = Json.read(what, document.content(), BackupManifest.class);
        String expected = BucketLayout.backupId(document.key());
        if (!manifest.backupId().equals(expected)) {
            throw new InvalidInputException(
                    "Invalid " + what + ": field 'backupId' is '" + manifest.backupId() + "', expected '" + expected
                            + "' as in its key.",
                    "Somebody renamed or overwrote it: use another backup.");
        }
        return new StoredManifest(document.key(), document.versionId(), document.storedAt(), manifest);
    }

    private Optional<Verdict> verdict(String key) {
        try {
            return objects.find(key)
                    .map(document -> Json.read("verdict " + objects.name(key), document.content(), Verdict.class));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** Whether the verdict was made of what lies in the bucket now. */
    private static boolean isAbout(StoredManifest manifest, Verdict verdict) {
        BackupObject dump = manifest.content().dump();
        boolean sameManifest = manifest.versionId() == null
                // Without versions, a manifest that was stored after the verdict is another one.
                ? !verdict.verifiedAt().isBefore(manifest.storedAt())
                : manifest.versionId().equals(verdict.manifestVersionId());
        boolean sameDump = dump.key().equals(verdict.dumpKey())
                && (dump.versionId() == null || dump.versionId().equals(verdict.dumpVersionId()));
        boolean sameBytes =
                verdict.status() != VerdictStatus.VERIFIED || dump.sha256().equals(verdict.sha256());
        return sameManifest && sameDump && sameBytes;
    }
}
