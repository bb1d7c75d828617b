package dev.lifeboat.aws;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.AwsUnavailableException;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The passphrase that the repository of WAL and base backups is encrypted with. Asks Secrets Manager at every call, so that none outlives a
 * SnapStart snapshot. Thread-safe.
 */
public final class RepositorySecret {
    record Form(String cipherPass) {
        Form {
            Require.text("cipherPass", cipherPass);
        }

        @Override
        public String toString() {
            return "Form[]";
        }
    }

    private final SecretsManagerClient secrets;

    /** @param secrets stays the caller's, who closes it */
    public RepositorySecret(SecretsManagerClient secrets) {
        this.secrets = secrets;
    }

    /**
     * @param id the secret's name or ARN; its value is {@code {"cipherPass": "…"}}
     * @throws AwsUnavailableException when Secrets Manager does not answer
     * @throws MisconfiguredException when the secret is missing, not ours to read, or of another form
     */
    public String passphrase(String id) {
        String text;
        try {
            text = secrets.getSecretValue(r -> r.secretId(id)).secretString();
        } catch (SdkException e) {
            throw ServiceFaults.translate(
                    "read secret '" + id + "'",
                    "Secrets Manager",
                    "Check the secret's name and the permissions of the function's role.",
                    e);
        }
        try {
            return Json.read("secret '" + id + "'", text == null ? "" : text, Form.class)
                    .cipherPass();
        } catch (InvalidInputException e) {
            // Neither as message nor as cause: a JSON parser quotes what it read.
            throw new MisconfiguredException(
                    "Secret '" + id + "' is not of the form that is expected of it.",
                    "Give it the value {\"cipherPass\": \"...\"}, the same as key pgbackrest-cipher-pass of the Secret in k8s/.");
        }
    }
}
