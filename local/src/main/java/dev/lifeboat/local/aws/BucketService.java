package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.s3.S3Proxy;
import dev.lifeboat.local.template.BucketResource;
import java.io.IOException;
import java.util.Map;

/**
 * S3: everything goes on to the S3 server, but for the settings that it does not keep, which the template answers.
 * Source: Amazon S3 API reference, GetBucketEncryption and GetPublicAccessBlock.
 */
final class BucketService implements Service {
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    private final S3Proxy proxy;
    private final Map<String, BucketResource> buckets;

    BucketService(S3Proxy proxy, Map<String, BucketResource> buckets) {
        this.proxy = proxy;
        this.buckets = Map.copyOf(buckets);
    }

    @Override
    public void handle(Request request) throws IOException, InterruptedException {
        String query = request.exchange().getRequestURI().getRawQuery();
        String setting = query == null ? "" : query.replaceFirst("[=&].*", "");
        if (setting.equals("encryption") || setting.equals("publicAccessBlock")) {
            if (!request.method().equals("GET")) {
                throw new UnknownRequestException(request.describe());
            }
            BucketResource bucket = buckets.get(request.path().replace("/", ""));
            if (bucket == null) {
                throw new ApiException(404, "NoSuchBucket", "The specified bucket does not exist");
            }
            request.reply(
                    200,
                    "application/xml",
                    setting.equals("encryption") ? encryption(bucket.properties()) : access(bucket.properties()));
            return;
        }
        proxy.handle(request.exchange());
    }

    private static String encryption(JsonNode properties) {
        JsonNode rule = properties
                .path("BucketEncryption")
                .path("ServerSideEncryptionConfiguration")
                .path(0);
        JsonNode byDefault = rule.path("ServerSideEncryptionByDefault");
        // S3 encrypts with SSE-S3 when nothing is said.
        String algorithm = byDefault.path("SSEAlgorithm").asText("AES256");
        String key = byDefault.has("KMSMasterKeyID")
                ? "<KMSMasterKeyID>" + byDefault.get("KMSMasterKeyID").asText() + "</KMSMasterKeyID>"
                : "";
        return "<ServerSideEncryptionConfiguration" + NAMESPACE
                + "><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>" + algorithm + "</SSEAlgorithm>" + key
                + "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>"
                + rule.path("BucketKeyEnabled").asBoolean() + "</BucketKeyEnabled></Rule>"
                + "</ServerSideEncryptionConfiguration>";
    }

    private static String access(JsonNode properties) {
        JsonNode block = properties.path("PublicAccessBlockConfiguration");
        if (block.isMissingNode()) {
            throw new ApiException(
                    404, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found");
        }
        StringBuilder xml = new StringBuilder("<PublicAccessBlockConfiguration" + NAMESPACE + ">");
        for (String name :
                new String[] {"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}) {
            xml.append('<').append(name).append('>');
            xml.append(block.path(name).asBoolean()).append("</").append(name).append('>');
        }
        return xml.append("</PublicAccessBlockConfiguration>").toString();
    }
}
