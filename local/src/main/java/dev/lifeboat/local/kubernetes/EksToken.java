package dev.lifeboat.local.kubernetes;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a bearer token is one that EKS admits: {@code k8s-aws-v1.} and a presigned STS GetCallerIdentity address whose signed
 * headers have the cluster's name. The name itself is in the signature alone, so that a token for one cluster is worth nothing at
 * another.
 *
 * @see <a href="https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster">
 *     aws-iam-authenticator, API authorization from outside a cluster</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">Create a signed AWS API request</a>
 */
final class EksToken {
    private static final String PREFIX = "k8s-aws-v1.";

    private EksToken() {}

    /** Whether it has the shape of one; its signature is not looked at. */
    static boolean isWellFormed(String authorization) {
        URI uri = address(authorization);
        String query = uri == null ? null : uri.getQuery();
        return query != null
                && List.of(query.split("&", -1)).contains("Action=GetCallerIdentity")
                && query.contains("X-Amz-Signature=")
                && query.contains("x-k8s-aws-id");
    }

    /** Whether it was made for the cluster, with the account's key. */
    static boolean isFor(String authorization, String cluster, String secretKey) {
        if (!isWellFormed(authorization)) {
            return false;
        }
        URI uri = address(authorization);
        Map<String, String> query = new TreeMap<>();
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        String signature = query.remove("X-Amz-Signature");
        try {
            return signature.equals(signature(uri, query, cluster, secretKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC of SHA-256", e);
        }
    }

    private static URI address(String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer " + PREFIX) || authorization.endsWith("=")) {
            return null;
        }
        try {
            String encoded = authorization.substring(("Bearer " + PREFIX).length());
            return URI.create(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String signature(URI uri, Map<String, String> query, String cluster, String secretKey)
            throws GeneralSecurityException {
        String canonicalQuery = query.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
        String signedHeaders = decode(query.getOrDefault("X-Amz-SignedHeaders", ""));
        String headers = Arrays.stream(signedHeaders.split(";", -1))
                .map(header -> header + ":" + (header.equals("host") ? uri.getAuthority() : cluster) + "\n")
                .collect(Collectors.joining());
        String request = "GET\n/\n" + canonicalQuery + "\n" + headers + "\n" + signedHeaders + "\n" + hash("");
        String[] credential = decode(query.getOrDefault("X-Amz-Credential", "")).split("/", -1);
        if (credential.length != 5) {
            return "";
        }
        String scope = String.join("/", List.of(credential).subList(1, 5));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(credential).subList(1, 5)) {
            key = hmac(key, part);
        }
        return HexFormat.of()
                .formatHex(hmac(
                        key, "AWS4-HMAC-SHA256\n" + query.get("X-Amz-Date") + "\n" + scope + "\n" + hash(request)));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String hash(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
