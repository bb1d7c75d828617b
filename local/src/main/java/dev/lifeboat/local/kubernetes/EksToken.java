package dev.lifeboat.local.kubernetes;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Whether a bearer token has the shape that EKS admits: {@code k8s-aws-v1.} and a presigned STS GetCallerIdentity
 * address that names the cluster in a signed header. The signature itself is not checked: nobody here holds the keys.
 *
 * @see <a href="https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster">
 *     aws-iam-authenticator, API authorization from outside a cluster</a>
 */
final class EksToken {
    private static final String PREFIX = "k8s-aws-v1.";

    private EksToken() {}

    static boolean isWellFormed(String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer " + PREFIX)) {
            return false;
        }
        try {
            String encoded = authorization.substring(("Bearer " + PREFIX).length());
            if (encoded.endsWith("=")) {
                return false;
            }
            URI uri = URI.create(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
            String query = uri.getQuery();
            return query != null
                    && List.of(query.split("&", -1)).contains("Action=GetCallerIdentity")
                    && query.contains("X-Amz-Signature=")
                    && query.contains("x-k8s-aws-id");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
