package dev.lifeboat.aws;

import dev.lifeboat.contract.backup.BackupManifest;
import java.time.Instant;

/**
 * A manifest as it lies in the bucket.
 *
 * @param key its key
 * @param versionId its S3 version, null where the bucket has none
 * @param storedAt when S3 took it, in whole seconds
 * @param content what it says
 */
public record StoredManifest(String key, String versionId, Instant storedAt, BackupManifest content) {}
