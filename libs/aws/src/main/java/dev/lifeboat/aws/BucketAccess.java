package dev.lifeboat.aws;

import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Whether a bucket can be reached and listed: one request, one key at most. */
public final class BucketAccess {
    private BucketAccess() {}

    /**
     * @param s3 stays the caller's, who closes it
     * @param prefix that the function's role may list
     * @return the first key below the prefix; none is an answer as well
     * @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not answer
     * @throws dev.lifeboat.contract.error.MisconfiguredException when there is no such bucket, or it may not be listed
     */
    public static Optional<String> firstKey(S3Client s3, String bucket, String prefix) {
        try {
            return s3.listObjectsV2(r -> r.bucket(bucket).prefix(prefix).maxKeys(1)).contents().stream()
                    .map(S3Object::key)
                    .findFirst();
        } catch (SdkException e) {
            throw S3Faults.translate("list s3://" + bucket + "/" + prefix, e);
        }
    }
}
