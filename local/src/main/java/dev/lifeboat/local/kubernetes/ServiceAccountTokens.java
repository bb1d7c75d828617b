package dev.lifeboat.local.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens of one cluster's service accounts: the account and a signature, as the real ones have it in a JSON Web Token. Thread-safe.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/service-accounts/#authenticating-credentials">Service accounts,
 *     authenticating credentials</a>
 */
final class ServiceAccountTokens {
    /** Who a token is of. */
    record Account(String namespace, String name) {}

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    ServiceAccountTokens() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    String issue(String namespace, String name) {
        String account = "system:serviceaccount:" + namespace + ":" + name;
        return account + ":" + signature(account);
    }

    /** The account of the Authorization header, which may be null; empty when it has none of this cluster's tokens. */
    Optional<Account> find(String authorization) {
        String[] parts = authorization == null ? new String[0] : authorization.split("[ :]", -1);
        if (parts.length != 6 || !parts[0].equals("Bearer")) {
            return Optional.empty();
        }
        String expected = "Bearer " + issue(parts[3], parts[4]);
        return MessageDigest.isEqual(bytes(authorization), bytes(expected))
                ? Optional.of(new Account(parts[3], parts[4]))
                : Optional.empty();
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
