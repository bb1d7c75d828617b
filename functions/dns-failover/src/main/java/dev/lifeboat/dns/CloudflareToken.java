package dev.lifeboat.dns;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.AwsFaults;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Reads the API token from Secrets Manager at every invocation, so that a rotated one is used at once. */
final class CloudflareToken {
    private CloudflareToken() {}

    record Secret(String apiToken) {
        Secret {
            Require.text("apiToken", apiToken);
        }
    }

    static String read(SecretsManagerClient secrets, String id) {
        String text;
        try {
            text = secrets.getSecretValue(r -> r.secretId(id)).secretString();
        } catch (SdkException e) {
            throw AwsFaults.translate("read secret '" + id + "'", e);
        }
        if (text == null) {
            throw form(id);
        }
        try {
            return Json.read("secret '" + id + "'", text, Secret.class).apiToken();
        } catch (InvalidInputException e) {
            // Neither as message nor as cause: a JSON parser quotes what it read.
            throw form(id);
        }
    }

    private static MisconfiguredException form(String id) {
        return new MisconfiguredException(
                "Secret '" + id + "' is not of the form that is expected of it.",
                "Give it the value {\"apiToken\": \"...\"} and no other field.");
    }
}
