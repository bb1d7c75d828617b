package dev.lifeboat.aws;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The roles that Lifeboat logs in to PostgreSQL with. Asks Secrets Manager at every call, so that a rotated password is
 * used at once and none outlives a SnapStart snapshot. Thread-safe.
 */
public final class DatabaseSecrets {
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
            throw ServiceFaults.translate(
                    "read secret '" + id + "'",
                    "Secrets Manager",
                    "Check the secret's name and the permissions of the function's role.",
                    e);
        }
    }

    private static String form() {
        return "Give it the value {\"username\": \"...\", \"password\": \"...\"} and no other field.";
    }
}
