package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.S3Faults;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.error.FencedOffException;
import dev.lifeboat.contract.error.InvalidInputException;
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

/**
 * Where an incident's search lies in the bucket. Each write is conditional on what was read, and is refused to an older token: a twin of a
 * step changes nothing that the other one has not.
 *
 * <p>Every method throws {@link StorageUnavailableException} when S3 does not answer, and when somebody else was faster.
 */
final class Searches {
    private final S3Client s3;
    private final String bucket;

    /** @param s3 stays the caller's, who closes it */
    Searches(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    private record Stored(Search search, String etag) {}

    /** Empty when the incident has none yet. */
    Optional<Search> find(RecoveryScope scope) {
        return read(scope).map(Stored::search);
    }

    /** Keeps a first one; the one of a twin that was faster stays. */
    Search begin(RecoveryScope scope, Search begun) {
        write(scope, begun, Optional.empty());
        return begun;
    }

    /**
     * Changes it under the scope's token.
     *
     * @throws FencedOffException when a newer recovery wrote it
     * @throws InvalidInputException when there is none
     */
    Search change(RecoveryScope scope, UnaryOperator<Search> change) {
        Stored before = read(scope)
                .orElseThrow(() -> new InvalidInputException(
                        "There is no search of incident '" + scope.incident() + "'.",
                        "Ask action next-step first, which begins it."));
        Search next = change.apply(before.search()).by(scope.token());
        if (!next.equals(before.search())) {
            write(scope, next, Optional.of(before.etag()));
        }
        return next;
    }

    private Optional<Stored> read(RecoveryScope scope) {
        try {
            ResponseBytes<GetObjectResponse> found =
                    s3.getObjectAsBytes(r -> r.bucket(bucket).key(key(scope)));
            Search search = Json.read(name(scope), found.asByteArray(), Search.class);
            if (search.token() > scope.token()) {
                throw new FencedOffException(
                        "The search of incident '" + scope.incident() + "' was last written by a recovery with token "
                                + search.token() + ", newer than this one's " + scope.token() + ".",
                        "Leave it to the newer recovery.");
            }
            return Optional.of(new Stored(search, found.response().eTag()));
        } catch (SdkException e) {
            if (S3Faults.isMissing(e)) {
                return Optional.empty();
            }
            throw S3Faults.translate("read " + name(scope), e);
        }
    }

    private void write(RecoveryScope scope, Search search, Optional<String> etag) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key(scope)).contentType("application/json");
        etag.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        try {
            s3.putObject(request.build(), RequestBody.fromBytes(Json.write(search)));
        } catch (SdkException e) {
            if (S3Faults.isPreconditionFailed(e)) {
                throw new StorageUnavailableException(
                        "Cannot write " + name(scope) + ": it was changed meanwhile.", "It is tried again.", e);
            }
            throw S3Faults.translate("write " + name(scope), e);
        }
    }

    static String key(RecoveryScope scope) {
        return BucketLayout.recovery(scope.incident(), "search.json");
    }

    private String name(RecoveryScope scope) {
        return "s3://" + bucket + "/" + key(scope);
    }
}
