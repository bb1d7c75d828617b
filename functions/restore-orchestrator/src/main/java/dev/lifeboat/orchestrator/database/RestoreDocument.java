package dev.lifeboat.orchestrator.database;

import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.pgrestore.RestorePlan;
import java.util.List;

/**
 * A plan as it lies in the bucket. It pins everything that the later steps read, so that a restore never mixes two
 * versions of a backup.
 *
 * @param version 1
 * @param backupId what it restores
 * @param archive the dump, of the version that was verified
 * @param globals the roles that belong to it
 * @param restoreDatabase the database that is built beside the lost one
 * @param plan how the rows are divided
 * @param expected what the verification read: what the restored tables have to hold
 */
record RestoreDocument(
        int version,
        String backupId,
        PinnedObject archive,
        PinnedObject globals,
        String restoreDatabase,
        RestorePlan plan,
        List<TableFingerprint> expected) {
    /**
     * An object that cannot be replaced unnoticed.
     *
     * @param key its key
     * @param versionId its S3 version, null where the bucket has none
     * @param size in bytes
     * @param sha256 of the whole
     */
    record PinnedObject(String key, String versionId, long size, String sha256) {
        PinnedObject {
            Require.text("key", key);
            Require.text("sha256", sha256);
        }

        static PinnedObject of(BackupObject object) {
            return new PinnedObject(object.key(), object.versionId(), object.size(), object.sha256());
        }
    }

    RestoreDocument {
        Require.range("version", version, 1, 1);
        Require.text("backupId", backupId);
        Require.present("archive", archive);
        Require.present("globals", globals);
        Require.text("restoreDatabase", restoreDatabase);
        Require.present("plan", plan);
        expected = List.copyOf(Require.present("expected", expected));
    }
}
