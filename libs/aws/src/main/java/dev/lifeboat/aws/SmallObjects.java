package dev.lifeboat.aws;

import dev.lifeboat.contract.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The JSON documents of one bucket, whole and in memory. Thread-safe. */
final class SmallObjects {
    /** A manifest of 50,000 tables has about 5 MB; what is larger would threaten the function's memory. */
    static final int MAX_BYTES = 16 << 20;

    /** One document. */
    record Document(String key, String versionId, Instant storedAt, String content) {}

    private final S3Client s3;
    private final String bucket;

    SmallObjects(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** The keys below a prefix, in byte order. */
    List<String> keys(String prefix) {
        try {
            return s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        } catch (SdkException e) {
            throw S3Faults.translate("list s3://" + bucket + "/" + prefix, e);
        }
    }

    /** The keys below a prefix that come after another string, in byte order. */
    List<String> keysAfter(String prefix, String after) {
        try {
            return s3
                    .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix).startAfter(after))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .toList();
        } catch (SdkException e) {
            throw S3Faults.translate("list s3://" + bucket + "/" + prefix, e);
        }
    }

    /** What keys below a prefix have in common, up to and with the first delimiter after it, in byte order. */
    List<String> commonPrefixes(String prefix, String delimiter) {
        try {
            return s3
                    .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix).delimiter(delimiter))
                    .commonPrefixes()
                    .stream()
                    .map(CommonPrefix::prefix)
                    .toList();
        } catch (SdkException e) {
            throw S3Faults.translate("list s3://" + bucket + "/" + prefix, e);
        }
    }

    /** The current version, or none when there is no such object. */
    Optional<Document> find(String key) {
        try (ResponseInputStream<GetObjectResponse> body =
                s3.getObject(r -> r.bucket(bucket).key(key))) {
            byte[] content = body.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                body.abort();
                throw new InvalidInputException(
                        name(key) + " has more than " + MAX_BYTES + " bytes, expected a small JSON document.",
                        "Look at who wrote it, and make a new backup.");
            }
            GetObjectResponse head = body.response();
            return Optional.of(new Document(
                    key, head.versionId(), head.lastModified(), new String(content, StandardCharsets.UTF_8)));
        } catch (SdkException e) {
            if (S3Faults.isMissing(e)) {
                return Optional.empty();
            }
            throw S3Faults.translate("read " + name(key), e);
        } catch (IOException e) {
            throw S3Faults.broken("read " + name(key), e);
        }
    }

    void put(String key, byte[] json) {
        try {
            s3.putObject(r -> r.bucket(bucket).key(key).contentType("application/json"), RequestBody.fromBytes(json));
        } catch (SdkException e) {
            throw S3Faults.translate("write " + name(key), e);
        }
    }

    String name(String key) {
        return S3Name.of(bucket, key, null);
    }
}
