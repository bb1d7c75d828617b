package dev.lifeboat.aws;

import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Marks whole backups for the bucket's lifecycle, which deletes what is tagged and nothing else. Other tags stay. Thread-safe.
 *
 * <p>Every method throws {@link dev.lifeboat.contract.error.StorageUnavailableException} when S3 does not answer and
 * {@link dev.lifeboat.contract.error.MisconfiguredException} when it refuses; to call it again then does no harm.
 */
public final class BackupExpiry {
    /** The tag that the lifecycle rule of {@code template.yaml} filters by. */
    private static final Tag EXPIRED = tag("true");

    private static final Tag TAKEN_BACK = tag("false");

    private final S3Client s3;
    private final String bucket;

    /** @param s3 stays the caller's, who closes it */
    public BackupExpiry(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * Whether all that belongs to the backup is known, and is its own: a manifest that names another backup's dump must not take that
     * with it.
     */
    public static boolean isWhole(CatalogueEntry backup) {
        return backup.manifest() != null
                && objects(backup.manifest())
                        .allMatch(object -> object.key().startsWith(BucketLayout.DUMPS + backup.backupId() + "."));
    }

    /**
     * Tags dump, roles, configuration and manifest, in just the versions that the manifest names.
     *
     * @param backups each {@linkplain #isWhole whole}
     * @return how many of the backups were not tagged before
     */
    public int mark(List<CatalogueEntry> backups) {
        return change(backups, tags -> tags.contains(EXPIRED) ? tags : with(tags, EXPIRED));
    }

    /**
     * Says of those that are tagged that they are not expired after all.
     *
     * @return how many of the backups were
     */
    public int unmark(List<CatalogueEntry> backups) {
        return change(backups, tags -> tags.contains(EXPIRED) ? with(tags, TAKEN_BACK) : tags);
    }

    private static List<Tag> with(List<Tag> tags, Tag wanted) {
        List<Tag> changed = new ArrayList<>(tags);
        changed.removeIf(tag -> tag.key().equals(wanted.key()));
        changed.add(wanted);
        return changed;
    }

    private static Tag tag(String value) {
        return Tag.builder().key("lifeboat-expired").value(value).build();
    }

    private int change(List<CatalogueEntry> backups, UnaryOperator<List<Tag>> change) {
        return (int) InParallel.map(backups, backup -> change(backup, change)).stream()
                .filter(changed -> changed)
                .count();
    }

    private boolean change(CatalogueEntry backup, UnaryOperator<List<Tag>> change) {
        boolean changed = false;
        for (BackupObject object : objects(backup.manifest()).toList()) {
            changed |= change(object.key(), object.versionId(), change);
        }
        // Last, so that a backup that was begun with is seen, and ended, next time: without a manifest it is none.
        changed |= change(backup.manifestKey(), backup.manifestVersionId(), change);
        return changed;
    }

    private boolean change(String key, String versionId, UnaryOperator<List<Tag>> change) {
        try {
            List<Tag> tags = s3.getObjectTagging(r -> r.bucket(bucket).key(key).versionId(versionId))
                    .tagSet();
            List<Tag> wanted = change.apply(tags);
            if (wanted.equals(tags)) {
                return false;
            }
            s3.putObjectTagging(
                    r -> r.bucket(bucket).key(key).versionId(versionId).tagging(t -> t.tagSet(wanted)));
            return true;
        } catch (SdkException e) {
            if (S3Faults.isMissing(e)) {
                return false; // deleted already
            }
            throw S3Faults.translate("tag " + S3Name.of(bucket, key, versionId), e);
        }
    }

    private static Stream<BackupObject> objects(BackupManifest manifest) {
        return Stream.of(manifest.dump(), manifest.globals(), manifest.config()).filter(Objects::nonNull);
    }
}
