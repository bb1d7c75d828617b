package dev.lifeboat.aws.pgbackrest;

import dev.lifeboat.aws.S3ByteSource;
import dev.lifeboat.aws.S3Faults;
import dev.lifeboat.contract.error.BackupUnusableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A repository in a bucket. Thread-safe. */
public final class S3RepositoryFiles implements RepositoryFiles {
    private final S3Client s3;
    private final String bucket;
    private final String root;

    /**
     * @param s3 stays the caller's, who closes it
     * @param bucket the bucket's name
     * @param root the value of repo1-path, with or without slashes around it
     */
    public S3RepositoryFiles(S3Client s3, String bucket, String root) {
        this.s3 = s3;
        this.bucket = bucket;
        this.root = root.replaceAll("^/+|/+$", "");
    }

    @Override
    public String name() {
        return "s3://" + bucket + "/" + root;
    }

    private String key(String path) {
        return root.isEmpty() ? path : root + "/" + path;
    }

    @Override
    public List<StoredFile> list(String folder) {
        String prefix = key(folder) + "/";
        int cut = key("").length();
        try {
            return s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents().stream()
                    .map(object -> new StoredFile(object.key().substring(cut), object.size(), object.lastModified()))
                    .toList();
        } catch (SdkException e) {
            throw S3Faults.translate("list s3://" + bucket + "/" + prefix, e);
        }
    }

    /** By a listing, which a role may do that may not read. */
    @Override
    public Optional<StoredFile> find(String path) {
        String key = key(path);
        try {
            return s3.listObjectsV2(r -> r.bucket(bucket).prefix(key).maxKeys(1)).contents().stream()
                    .filter(object -> object.key().equals(key))
                    .map(object -> new StoredFile(path, object.size(), object.lastModified()))
                    .findFirst();
        } catch (SdkException e) {
            throw S3Faults.translate("list s3://" + bucket + "/" + key, e);
        }
    }

    @Override
    public List<String> folders(String folder) {
        String prefix = key(folder) + "/";
        try {
            return s3
                    .listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix).delimiter("/"))
                    .commonPrefixes()
                    .stream()
                    .map(each -> each.prefix()
                            .substring(prefix.length(), each.prefix().length() - 1))
                    .toList();
        } catch (SdkException e) {
            throw S3Faults.translate("list s3://" + bucket + "/" + prefix, e);
        }
    }

    @Override
    public Optional<byte[]> read(String path, int atMost) {
        String name = "s3://" + bucket + "/" + key(path);
        for (int attempt = 0; ; attempt++) {
            try (ResponseInputStream<GetObjectResponse> body =
                    s3.getObject(r -> r.bucket(bucket).key(key(path)))) {
                byte[] content = body.readNBytes(atMost + 1);
                if (content.length > atMost) {
                    body.abort();
                    throw new BackupUnusableException(
                            name + " has more than " + atMost + " bytes, expected at most those.",
                            "Look at who wrote it; pgBackRest does not.");
                }
                return Optional.of(content);
            } catch (SdkException e) {
                if (S3Faults.isMissing(e)) {
                    return Optional.empty();
                }
                throw S3Faults.translate("read " + name, e);
            } catch (IOException e) {
                // A connection that breaks in the middle is beyond what the client tries again by itself.
                if (attempt == 2) {
                    throw S3Faults.broken("read " + name, e);
                }
            }
        }
    }

    @Override
    public InputStream open(String path) {
        S3ByteSource source = new S3ByteSource(s3, bucket, key(path), null);
        long length = source.length();
        return length == 0 ? InputStream.nullInputStream() : source.open(0, length);
    }
}
