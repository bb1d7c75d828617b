package dev.lifeboat.lambda;

import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place that says which failures of AWS APIs other than S3 a retry can help; S3 has codes of its own. Follows the
 * pages "Common errors" of the services' API references.
 */
public final class AwsFaults {
    private static final Set<String> PASSING = Set.of("ExpiredTokenException", "InternalFailure", "RequestExpired");

    private AwsFaults() {}

    /**
     * @param doing what was tried and where, to follow "Cannot": {@code "publish to arn:..."}
     * @param fault what the SDK threw
     * @return {@link AwsUnavailableException} where a retry can help, otherwise {@link MisconfiguredException}; to be thrown
     *     by the caller
     */
    public static LifeboatException translate(String doing, SdkException fault) {
        if (mayPass(fault)) {
            return new AwsUnavailableException(
                    "Cannot " + doing + ": " + reason(fault) + ".",
                    "It is tried again; if that goes on, look at the AWS Health Dashboard.",
                    fault);
        }
        return new MisconfiguredException(
                "Cannot " + doing + ": " + reason(fault) + ".",
                "Check the name, the region and the permissions of the function's role.",
                fault);
    }

    private static boolean mayPass(SdkException fault) {
        if (fault instanceof AwsServiceException answer) {
            return answer.statusCode() >= 500
                    || answer.statusCode() == 429
                    || answer.isThrottlingException()
                    || answer.isClockSkewException()
                    || PASSING.contains(code(answer));
        }
        return fault instanceof ApiCallTimeoutException
                || fault instanceof ApiCallAttemptTimeoutException
                || fault instanceof AbortedException
                || fault.retryable()
                || deepest(fault) instanceof IOException;
    }

    private static String reason(SdkException fault) {
        if (fault instanceof AwsServiceException answer) {
            String said = answer.awsErrorDetails() == null
                    ? null
                    : answer.awsErrorDetails().errorMessage();
            return "AWS answered " + answer.statusCode() + " " + code(answer) + (said == null ? "" : " (" + said + ")");
        }
        Throwable deepest = deepest(fault);
        return deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? "without an error code"
                : answer.awsErrorDetails().errorCode();
    }

    private static Throwable deepest(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
