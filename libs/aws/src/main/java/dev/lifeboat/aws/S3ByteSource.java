package dev.lifeboat.aws;

import dev.lifeboat.pgarchive.ByteSource;
import java.io.InputStream;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * An object in S3, read by byte range. What it is (version, ETag, length) is looked up once, at the first use, and every
 * later request is bound to it: an object that is replaced in between is an error, never a mixture of two.
 *
 * <p>Failures are thrown unchecked, as errors of the contract, and never as {@link java.io.IOException}: a reader above
 * cannot take storage that is down for an archive that is corrupt. Thread-safe; streams are not.
 */
public final class S3ByteSource implements ByteSource {
    /** How often one stream goes on after its connection broke, before it gives up. */
    public static final int MAX_RESUMES = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final String wantedVersion;
    private final Duration firstPause;
    private ObjectIdentity identity;

    /**
     * @param s3 stays the caller's, who closes it
     * @param bucket the bucket's name
     * @param key the object's key
     * @param versionId the version to read; null for the current one, which is then kept to
     */
    public S3ByteSource(S3Client s3, String bucket, String key, String versionId) {
        this(s3, bucket, key, versionId, FIRST_PAUSE);
    }

    S3ByteSource(S3Client s3, String bucket, String key, String versionId, Duration firstPause) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.wantedVersion = versionId;
        this.firstPause = firstPause;
    }

    /** An object whose state is known. */
    S3ByteSource(S3Client s3, ObjectIdentity identity) {
        this(s3, identity.bucket(), identity.key(), identity.versionId());
        this.identity = identity;
    }

    @Override
    public String name() {
        return S3Name.of(bucket, key, wantedVersion);
    }

    /**
     * @return in bytes
     * @throws dev.lifeboat.contract.error.BackupUnusableException when there is no such object or version
     * @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not answer
     */
    @Override
    public long length() {
        return identity().length();
    }

    /** The version that is read: the one asked for, or the one that was current at the first use; null without versions. */
    public String versionId() {
        return identity().versionId();
    }

    /**
     * Streams exactly that range. A body that is cut is resumed with a new range request from where it stopped, at most
     * {@value #MAX_RESUMES} times, with growing pauses.
     *
     * @throws IndexOutOfBoundsException when the range lies outside the object
     */
    @Override
    public InputStream open(long offset, long length) {
        ObjectIdentity object = identity();
        if (offset < 0 || length < 0 || offset > object.length() - length) {
            throw new IndexOutOfBoundsException("Range of " + length + " bytes at " + offset + " lies outside " + name()
                    + ", which has " + object.length() + " bytes");
        }
        return new ResumingInputStream(s3, object, offset, length, firstPause);
    }

    /** Does nothing: streams are closed by who opened them, the client by who made it. */
    @Override
    public void close() {}

    private synchronized ObjectIdentity identity() {
        if (identity == null) {
            try {
                HeadObjectResponse head =
                        s3.headObject(r -> r.bucket(bucket).key(key).versionId(wantedVersion));
                String version = wantedVersion != null ? wantedVersion : head.versionId();
                identity = new ObjectIdentity(bucket, key, version, head.eTag(), head.contentLength());
            } catch (SdkException e) {
                throw S3Faults.translate("read " + name(), e);
            }
        }
        return identity;
    }
}
