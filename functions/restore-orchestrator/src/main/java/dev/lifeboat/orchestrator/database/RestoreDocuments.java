package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.S3Faults;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.orchestrator.database.RestoreDocument.PinnedObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The documents of a restore in the backup bucket: its plan, and the roles of the backup. Thread-safe. */
final class RestoreDocuments {
    /** A plan lists every table's fingerprint: 100,000 tables take about 15 MB. */
    private static final int MAX_BYTES = 64 << 20;

    private final S3Client s3;
    private final String bucket;

    RestoreDocuments(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** The same incident and backup always have the same key. */
    static String planKey(String incident, String backupId) {
        return BucketLayout.recovery(incident, "plan-" + backupId.replace('/', '-') + ".json");
    }

    void writePlan(String key, RestoreDocument plan) {
        try {
            s3.putObject(
                    r -> r.bucket(bucket).key(key).contentType("application/json"),
                    RequestBody.fromBytes(Json.write(plan)));
        } catch (SdkException e) {
            throw S3Faults.translate("write " + name(key), e);
        }
    }

    /** @throws InvalidInputException when the key is not a plan of the scope's incident */
    RestoreDocument readPlan(RecoveryScope scope, String key) {
        if (!key.startsWith(BucketLayout.recovery(scope.incident(), "plan-"))) {
            throw new InvalidInputException(
                    "Field 'planKey' is '" + key + "', which is not a plan of incident '" + scope.incident() + "'.",
                    "Pass on what the action 'plan' returned.");
        }
        return Json.read("plan " + name(key), read(key, null), RestoreDocument.class);
    }

    /**
     * The roles of a backup, as pg_dumpall wrote them.
     *
     * @throws BackupUnusableException when they are not what the manifest says
     */
    String readGlobals(PinnedObject globals) {
        byte[] content = read(globals.key(), globals.versionId());
        String sha256 = Sha256.hex(content);
        if (!sha256.equals(globals.sha256())) {
            throw new BackupUnusableException(
                    "The roles in " + name(globals.key()) + " have SHA-256 " + sha256 + ", expected " + globals.sha256()
                            + ".",
                    "Another backup is tried; look at who changed this one.");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private byte[] read(String key, String versionId) {
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(r -> r.bucket(bucket).key(key).versionId(versionId))) {
            byte[] content = body.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                body.abort();
                throw new InvalidInputException(
                        name(key) + " has more than " + MAX_BYTES + " bytes.", "Look at who wrote it.");
            }
            return content;
        } catch (SdkException e) {
            throw S3Faults.translate("read " + name(key), e);
        } catch (IOException e) {
            throw new StorageUnavailableException(
                    "Cannot read " + name(key) + ": the connection broke: " + e.getMessage() + ".",
                    "It is tried again; if that goes on, look at the AWS Health Dashboard.",
                    e);
        }
    }

    private String name(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
