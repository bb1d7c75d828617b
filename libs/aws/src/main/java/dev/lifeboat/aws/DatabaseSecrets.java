package dev.lifeboat.aws;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.MisconfiguredException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The roles that Lifeboat logs in to PostgreSQL with. Asks Secrets Manager at every call, so that a rotated password is
 * used at once and none outlives a SnapStart snapshot. Thread-safe.
 */
public final class DatabaseSecrets {
    private static final Set<String> PASSING =
            Set.of("ExpiredTokenException", "InternalServiceError", "InternalServiceErrorException");

    /**
     * A role and its password.
     *
     * @param username the role
     * @param password its password
     */
    public record Credentials(String username, String password) {
        public Credentials {
            Require.text("username", username);
            Require.text("password", password);
        }

        /** Never the password: records end up in logs. */
        @Override
        public String toString() {
            return "Credentials[username=" + username + "]";
        }
    }

    private final SecretsManagerClient secrets;

    /** @param secrets stays the caller's, who closes it */
    public DatabaseSecrets(SecretsManagerClient secrets) {
        this.secrets = secrets;
    }

    /**
     * @param id the secret's name or ARN; its value is {@code {"username": "…", "password": "…"}}
     * @throws AwsUnavailableException when Secrets Manager does not answer
     * @throws MisconfiguredException when the secret is missing, not ours to read, or of another form
     */
    public Credentials read(String id) {
        String text = text(id);
        if (text == null) {
            throw new MisconfiguredException("Secret '" + id + "' holds bytes, expected JSON text.", form());
        }
        try {
            return Json.read("secret '" + id + "'", text, Credentials.class);
        } catch (InvalidInputException e) {
            // Neither as message nor as cause: a JSON parser quotes what it read.
            throw new MisconfiguredException("Secret '" + id + "' is not of the form that is expected of it.", form());
        }
    }

    private String text(String id) {
        try {
            return secrets.getSecretValue(r -> r.secretId(id)).secretString();
        } catch (SdkException e) {
            throw translate(id, e);
        }
    }

    private static String form() {
        return "Give it the value {\"username\": \"...\", \"password\": \"...\"} and no other field.";
    }

    private static LifeboatException translate(String id, SdkException fault) {
        if (fault instanceof AwsServiceException answer && !mayPass(answer)) {
            return new MisconfiguredException(
                    "Cannot read secret '" + id + "': Secrets Manager answered " + answer.statusCode() + " "
                            + code(answer) + ".",
                    "Check the secret's name and the permissions of the function's role.",
                    fault);
        }
        return new AwsUnavailableException(
                "Cannot read secret '" + id + "': " + fault.getMessage() + ".",
                "It is tried again; if that goes on, look at the AWS Health Dashboard and the VPC's endpoint.",
                fault);
    }

    private static boolean mayPass(AwsServiceException answer) {
        return answer.statusCode() >= 500
                || answer.statusCode() == 429
                || answer.isThrottlingException()
                || PASSING.contains(code(answer));
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? "without an error code"
                : answer.awsErrorDetails().errorCode();
    }
}
