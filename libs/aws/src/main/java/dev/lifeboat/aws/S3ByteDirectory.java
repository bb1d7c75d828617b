package dev.lifeboat.aws;

import dev.lifeboat.pgarchive.ByteDirectory;
import dev.lifeboat.pgarchive.ByteSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects below a prefix in S3, up to the next slash of their keys, as a directory of files. They are listed once, at the first
 * use, and every later request is bound to the ETag that an object had then: one that is replaced in between is an error, never a
 * mixture of two archives.
 *
 * <p>Failures are thrown unchecked, as by {@link S3ByteSource}. Thread-safe.
 */
public final class S3ByteDirectory implements ByteDirectory {
    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private Map<String, ObjectIdentity> objects;

    /**
     * @param s3 stays the caller's, who closes it
     * @param bucket the bucket's name
     * @param prefix what the keys begin with, with or without the slash behind it
     */
    public S3ByteDirectory(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    @Override
    public String name() {
        String name = S3Name.of(bucket, prefix, null);
        return name.substring(0, name.length() - 1);
    }

    /**
     * Empty where no key begins with the prefix.
     *
     * @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not answer
     */
    @Override
    public Map<String, Long> list() {
        return objects().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, object -> object.getValue().length()));
    }

    /**
     * Does without a request until something is read.
     *
     * @throws IllegalArgumentException when {@link #list()} does not name it
     */
    @Override
    public ByteSource open(String file) {
        ObjectIdentity object = objects().get(file);
        if (object == null) {
            throw new IllegalArgumentException("There is no '" + file + "' in " + name());
        }
        return new S3ByteSource(s3, object);
    }

    private synchronized Map<String, ObjectIdentity> objects() {
        if (objects == null) {
            objects = request();
        }
        return objects;
    }

    private Map<String, ObjectIdentity> request() {
        Map<String, ObjectIdentity> found = new LinkedHashMap<>();
        try {
            for (S3Object object : s3.listObjectsV2Paginator(
                            r -> r.bucket(bucket).prefix(prefix).delimiter("/"))
                    .contents()) {
                String file = object.key().substring(prefix.length());
                // The key that is the prefix itself is what the console makes of a "folder".
                if (!file.isEmpty()) {
                    found.put(file, new ObjectIdentity(bucket, object.key(), null, object.eTag(), object.size()));
                }
            }
        } catch (SdkException e) {
            throw S3Faults.translate("list " + name(), e);
        }
        return found;
    }

    /** Does nothing: streams are closed by who opened them, the client by who made it. */
    @Override
    public void close() {}
}
