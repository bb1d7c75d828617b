package dev.lifeboat.orchestrator.cluster;

import dev.lifeboat.aws.S3Faults;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.contract.recovery.RecoveryScope;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Where the record of a target's rebuild lies. Each write is conditional on what was read, and is refused to an older token. */
final class RebuildRecords {
    private final S3Client s3;
    private final String bucket;

    RebuildRecords(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    private record Stored(RebuildRecord record, String etag) {}

    /** Empty when no cluster of the target was ever rebuilt. */
    Optional<RebuildRecord> find(String target) {
        return read(target).map(Stored::record);
    }

    /** Where it lies. */
    static String key(String target) {
        return BucketLayout.generations(target);
    }

    /**
     * Begins a record, in place of the one that there is.
     *
     * @throws FencedOffException when a newer recovery wrote it
     */
    RebuildRecord begin(RecoveryScope scope, ClusterResults.Generation generation) {
        Optional<Stored> before = read(scope.target().name());
        before.ifPresent(stored -> requireOurs(stored.record(), scope));
        RebuildRecord begun = new RebuildRecord(1, scope.incident(), scope.token(), generation, null, null, null, null);
        write(scope, begun, before.map(Stored::etag));
        return begun;
    }

    /**
     * Changes the record under the scope's token.
     *
     * @throws FencedOffException when a newer recovery wrote it
     */
    RebuildRecord change(RecoveryScope scope, UnaryOperator<RebuildRecord> change) {
        Stored before = read(scope.target().name())
                .orElseThrow(() -> new StorageUnavailableException(
                        "There is no " + name(scope.target().name()) + ", which the rebuild has begun by.",
                        "Start the recovery again."));
        requireOurs(before.record(), scope);
        RebuildRecord next = change.apply(before.record());
        RebuildRecord signed = new RebuildRecord(
                1,
                scope.incident(),
                scope.token(),
                next.generation(),
                next.oldStackId(),
                next.fence(),
                next.facts(),
                next.finishedAt());
        write(scope, signed, Optional.of(before.etag()));
        return signed;
    }

    private static void requireOurs(RebuildRecord record, RecoveryScope scope) {
        if (record.token() > scope.token()) {
            throw new FencedOffException(
                    "The rebuild of target '" + scope.target().name() + "' was last written by a recovery with token "
                            + record.token() + ", newer than this one's " + scope.token() + ".",
                    "Leave it to the newer recovery.");
        }
    }

    private Optional<Stored> read(String target) {
        try {
            ResponseBytes<GetObjectResponse> found =
                    s3.getObjectAsBytes(r -> r.bucket(bucket).key(key(target)));
            RebuildRecord record = Json.read(name(target), found.asByteArray(), RebuildRecord.class);
            return Optional.of(new Stored(record, found.response().eTag()));
        } catch (SdkException e) {
            if (S3Faults.isMissing(e)) {
                return Optional.empty();
            }
            throw S3Faults.translate("read " + name(target), e);
        }
    }

    private void write(RecoveryScope scope, RebuildRecord record, Optional<String> etag) {
        String target = scope.target().name();
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key(target)).contentType("application/json");
        etag.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        try {
            s3.putObject(request.build(), RequestBody.fromBytes(Json.write(record)));
        } catch (SdkException e) {
            if (S3Faults.isPreconditionFailed(e)) {
                throw new StorageUnavailableException(
                        "Cannot write " + name(target) + ": it was changed meanwhile.", "It is tried again.", e);
            }
            throw S3Faults.translate("write " + name(target), e);
        }
    }

    private String name(String target) {
        return "s3://" + bucket + "/" + key(target);
    }
}
