package dev.lifeboat.aws;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.error.InvalidInputException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Small JSON documents below one prefix, whose keys sort by time. S3 is consistent: whoever writes and then lists sees what everyone
 * wrote before. Thread-safe.
 *
 * <p>Every method throws {@link dev.lifeboat.contract.error.StorageUnavailableException} when S3 does not answer and
 * {@link dev.lifeboat.contract.error.MisconfiguredException} when it refuses.
 */
public final class Journal {
    private final SmallObjects objects;

    /**
     * @param s3 stays the caller's, who closes it
     * @param bucket the bucket's name
     */
    public Journal(S3Client s3, String bucket) {
        this.objects = new SmallObjects(s3, bucket);
    }

    /** Keeps a document; the same one again changes nothing. */
    public void put(String key, Object document) {
        objects.put(key, Json.write(document));
    }

    /** The keys below a prefix that come after another string, in byte order. */
    public List<String> keysAfter(String prefix, String after) {
        return objects.keysAfter(prefix, after);
    }

    /**
     * @return empty when there is nothing under that key
     * @throws InvalidInputException when it cannot be understood
     */
    public <T> Optional<T> find(String key, Class<T> type) {
        return objects.find(key).map(document -> Json.read(objects.name(key), document.content(), type));
    }
}
