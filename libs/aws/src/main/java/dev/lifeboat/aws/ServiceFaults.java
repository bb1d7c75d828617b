package dev.lifeboat.aws;

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
 * The one place in this library that says which failures of AWS a retry can help. Follows the pages "Common errors" of the services'
 * API references; {@link S3Faults} adds what S3 alone answers.
 */
final class ServiceFaults {
    private static final Set<String> PASSING = Set.of("ExpiredTokenException", "InternalFailure", "RequestExpired");

    private ServiceFaults() {}

    /**
     * @param doing what was tried, to follow "Cannot"
     * @param service who answers, such as {@code EKS}
     * @param hint what to look at when it is not to be helped by a retry
     * @return to be thrown by the caller
     */
    static LifeboatException translate(String doing, String service, String hint, SdkException fault) {
        String said = fault instanceof AwsServiceException answer
                ? service + " answered " + answer.statusCode() + " " + code(answer)
                : cause(fault);
        String message = "Cannot " + doing + ": " + said + ".";
        return mayPass(fault, Set.of())
                ? new AwsUnavailableException(
                        message,
                        "It is tried again; if that goes on, look at the AWS Health Dashboard and the VPC's endpoint.",
                        fault)
                : new MisconfiguredException(message, hint, fault);
    }

    /** @param passing codes of the service's own that a retry can help */
    static boolean mayPass(SdkException fault, Set<String> passing) {
        if (fault instanceof AwsServiceException answer) {
            return answer.statusCode() >= 500
                    || answer.statusCode() == 429
                    || answer.isThrottlingException()
                    || answer.isClockSkewException()
                    || PASSING.contains(code(answer))
                    || passing.contains(code(answer));
        }
        return fault instanceof ApiCallTimeoutException
                || fault instanceof ApiCallAttemptTimeoutException
                || fault instanceof AbortedException
                || fault.retryable()
                || causedByIo(fault);
    }

    private static boolean causedByIo(Throwable fault) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** A HEAD has no body, and so no code. */
    static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? "without an error code"
                : answer.awsErrorDetails().errorCode();
    }

    /** The deepest cause's words, without the SDK's own account of its attempts. */
    static String cause(SdkException fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        return message.replaceAll("\\s*\\(SDK Attempt Count: [0-9]+\\)", "").replaceAll("\\.$", "");
    }
}
