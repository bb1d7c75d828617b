package dev.lifeboat.aws;

import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place that says which failures of S3 a retry can help.
 *
 * <p>Follows "Error responses" of the Amazon S3 API reference, and "Timeouts and retries" of the SDK for Java's
 * developer guide. A code that is not listed is judged by its HTTP status: 5xx and 429 may pass, others do not.
 */
public final class S3Faults {
    private static final Set<String> PASSING = Set.of(
            "SlowDown",
            "RequestTimeout",
            "RequestTimeTooSkewed",
            "ExpiredToken",
            "OperationAborted",
            "ConditionalRequestConflict",
            "InternalError",
            "ServiceUnavailable",
            "Busy");

    private S3Faults() {}

    /**
     * @param doing what was tried and where, to follow "Cannot": {@code "read s3://bucket/key"}
     * @param fault what the SDK threw
     * @return {@link StorageUnavailableException} where a retry can help; {@link BackupUnusableException} where the
     *     object is missing, has changed or is archived; {@link MisconfiguredException} where a person must change
     *     a setting. To be thrown by the caller.
     */
    public static LifeboatException translate(String doing, SdkException fault) {
        if (fault instanceof AwsServiceException answer) {
            return refused(doing, answer);
        }
        if (ServiceFaults.mayPass(fault, PASSING)) {
            return new StorageUnavailableException(
                    "Cannot " + doing + ": " + reason(fault) + ".",
                    "It is tried again; if that goes on, look at the AWS Health Dashboard and the VPC's S3 endpoint.",
                    fault);
        }
        return new MisconfiguredException(
                "Cannot " + doing + ": " + ServiceFaults.cause(fault) + ".",
                "Check the function's role, region and endpoint settings.",
                fault);
    }

    /** What S3 did, without where and what to do, for a message of its own. */
    static String reason(SdkException fault) {
        return fault instanceof AwsServiceException answer
                ? "S3 answered " + answer.statusCode() + " " + ServiceFaults.code(answer)
                : "S3 did not answer: " + ServiceFaults.cause(fault);
    }

    /** A body that broke off in the middle: a retry can help. */
    public static StorageUnavailableException broken(String doing, IOException fault) {
        return new StorageUnavailableException(
                "Cannot " + doing + ": the connection broke: " + fault.getMessage() + ".",
                "It is tried again; if that goes on, look at the AWS Health Dashboard and the VPC's S3 endpoint.",
                fault);
    }

    /** Whether the object, or that version of it, does not exist. A missing bucket is not a missing object. */
    public static boolean isMissing(SdkException fault) {
        return fault instanceof AwsServiceException answer
                && answer.statusCode() == 404
                && !"NoSuchBucket".equals(ServiceFaults.code(answer));
    }

    /** Whether a condition ({@code If-Match}, {@code If-None-Match}) did not hold. */
    public static boolean isPreconditionFailed(SdkException fault) {
        return fault instanceof AwsServiceException answer && answer.statusCode() == 412;
    }

    private static LifeboatException refused(String doing, AwsServiceException answer) {
        String what = "Cannot " + doing + ": " + reason(answer) + ".";
        if (ServiceFaults.mayPass(answer, PASSING)) {
            return new StorageUnavailableException(
                    what, "It is tried again; if that goes on, look at the AWS Health Dashboard.", answer);
        }
        if (isMissing(answer)) {
            return new BackupUnusableException(
                    what,
                    "The object or that version of it is gone: use another backup, and find out who deleted it.",
                    answer);
        }
        if (isPreconditionFailed(answer)) {
            return new BackupUnusableException(
                    what, "The object was replaced after it was looked at: verify the backup again.", answer);
        }
        if (answer.statusCode() == 416) {
            return new BackupUnusableException(
                    what, "The object is shorter than was promised: verify the backup again.", answer);
        }
        if ("InvalidObjectState".equals(ServiceFaults.code(answer))) {
            return new BackupUnusableException(
                    what,
                    "The object lies in an archive class: restore it with `aws s3api restore-object` first.",
                    answer);
        }
        return new MisconfiguredException(
                what, "Check the bucket's name and policy, the KMS key's policy and the function's role.", answer);
    }
}
