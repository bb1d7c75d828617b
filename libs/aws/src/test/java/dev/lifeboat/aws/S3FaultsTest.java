package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.error.BackupUnusableException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class S3FaultsTest {
    @ParameterizedTest
    @CsvSource({
        "503, SlowDown",
        "500, InternalError",
        "502, BadGateway",
        "429, TooManyRequests",
        "400, RequestTimeout",
        "400, ExpiredToken",
        "403, RequestTimeTooSkewed",
        "409, OperationAborted",
        "409, ConditionalRequestConflict",
        "400, ThrottlingException"
    })
    void aRetryCanHelp(int status, String code) {
        assertThat(S3Faults.translate("read s3://b/k", answer(status, code)))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("Cannot read s3://b/k: S3 answered " + status + " " + code
                        + ". HINT: It is tried again; if that goes on, look at the AWS Health Dashboard.");
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey",
        "404, NoSuchVersion",
        "412, PreconditionFailed",
        "416, InvalidRange",
        "403, InvalidObjectState"
    })
    void anotherBackupIsNeeded(int status, String code) {
        assertThat(S3Faults.translate("read s3://b/k", answer(status, code)))
                .isInstanceOf(BackupUnusableException.class);
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied", "404, NoSuchBucket", "301, PermanentRedirect", "400, KMS.DisabledException"})
    void aPersonMustChangeASetting(int status, String code) {
        assertThat(S3Faults.translate("read s3://b/k", answer(status, code)))
                .isInstanceOf(MisconfiguredException.class);
    }

    @Test
    void aNetworkThatIsDownMayComeBackButMissingCredentialsDoNot() {
        assertThat(S3Faults.translate("read s3://b/k", client(new UnknownHostException("s3.us-east-1.amazonaws.com"))))
                .isInstanceOf(StorageUnavailableException.class);
        assertThat(S3Faults.translate("read s3://b/k", ApiCallTimeoutException.create(60_000)))
                .isInstanceOf(StorageUnavailableException.class);
        assertThat(S3Faults.translate("read s3://b/k", SdkClientException.create("Unable to load credentials.")))
                .isInstanceOf(MisconfiguredException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("Cannot read s3://b/k: Unable to load credentials."
                        + " HINT: Check the function's role, region and endpoint settings.");
    }

    @Test
    void theSdksFailureIsKeptAsTheCause() {
        SdkException fault = answer(503, "SlowDown");
        LifeboatException translated = S3Faults.translate("list s3://b/", fault);
        assertThat(translated).hasCause(fault);
    }

    private static SdkException answer(int status, String code) {
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static SdkException client(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }
}
