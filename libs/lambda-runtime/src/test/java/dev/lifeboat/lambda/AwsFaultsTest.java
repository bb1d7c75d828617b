package dev.lifeboat.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

final class AwsFaultsTest {
    @ParameterizedTest
    @CsvSource({
        "500, InternalFailure",
        "503, ServiceUnavailable",
        "400, ThrottlingException",
        "400, ExpiredTokenException"
    })
    void aRetryCanHelp(int status, String code) {
        assertThat(AwsFaults.translate("publish to t", answer(status, code)))
                .isInstanceOf(AwsUnavailableException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("Cannot publish to t: AWS answered " + status + " " + code
                        + " (said so). HINT: It is tried again; if that goes on, look at the AWS Health Dashboard.");
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDeniedException", "404, NotFound", "400, ValidationException"})
    void aPersonMustChangeASetting(int status, String code) {
        assertThat(AwsFaults.translate("publish to t", answer(status, code)))
                .isInstanceOf(MisconfiguredException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("Cannot publish to t: AWS answered " + status + " " + code
                        + " (said so). HINT: Check the name, the region and the permissions of the function's role.");
    }

    @Test
    void aNetworkThatIsDownMayComeBack() {
        assertThat(AwsFaults.translate(
                        "publish to t",
                        SdkClientException.create("Unable to execute", new ConnectException("Connection refused"))))
                .isInstanceOf(AwsUnavailableException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("Cannot publish to t: ConnectException: Connection refused."
                        + " HINT: It is tried again; if that goes on, look at the AWS Health Dashboard.");
    }

    private static AwsServiceException answer(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("said so")
                        .build())
                .build();
    }
}
