package dev.lifeboat.aws;

import dev.lifeboat.contract.error.LifeboatException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * One range of one object. A connection that breaks, stalls beyond the client's socket timeout or ends early is replaced by
 * a request for what is still missing. Not thread-safe.
 */
final class ResumingInputStream extends InputStream {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final S3Client s3;
    private final ObjectIdentity object;
    private final long end;
    private final Duration firstPause;
    private long position;
    private int resumes;
    private ResponseInputStream<GetObjectResponse> body;
    private boolean closed;

    ResumingInputStream(S3Client s3, ObjectIdentity object, long offset, long length, Duration firstPause) {
        this.s3 = s3;
        this.object = object;
        this.position = offset;
        this.end = offset + length;
        this.firstPause = firstPause;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("Stream of " + object.name() + " is closed");
        }
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, end - position);
        while (wanted > 0) {
            int got = readOnce(target, offset, wanted);
            if (got > 0) {
                position += got;
                return got;
            }
        }
        return -1;
    }

    /** As much as one read gives; 0 when the connection is lost, and another attempt is due. */
    private int readOnce(byte[] target, int offset, int wanted) {
        try {
            if (body == null) {
                body = request();
            }
            int got = body.read(target, offset, wanted);
            if (got > 0) {
                return got;
            }
            lost("the connection ended early", null);
        } catch (SdkException e) {
            LifeboatException fault = S3Faults.translate("read " + object.name() + " at byte " + position, e);
            if (fault.remedy() != LifeboatException.Remedy.RETRYABLE) {
                throw fault;
            }
            lost(S3Faults.reason(e), e);
        } catch (IOException e) {
            lost(String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    private ResponseInputStream<GetObjectResponse> request() {
        // The end of the request is the end of the range, so that one connection serves it all when nothing breaks.
        ResponseInputStream<GetObjectResponse> response = s3.getObject(r -> r.bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId())
                .ifMatch(object.etag())
                .range("bytes=" + position + "-" + (end - 1)));
        Long length = response.response().contentLength();
        if (length == null || length != end - position) {
            response.abort();
            throw new StorageUnavailableException(
                    "Cannot read " + object.name() + " at byte " + position + ": S3 offers " + length
                            + " bytes, expected the " + (end - position) + " that were asked for.",
                    "Check what answers at the S3 endpoint: it does not honour ranges.");
        }
        return response;
    }

    private void lost(String reason, Exception cause) {
        abort();
        if (resumes == S3ByteSource.MAX_RESUMES) {
            throw new StorageUnavailableException(
                    "Cannot read " + object.name() + " beyond byte " + position + " of " + object.length()
                            + ": gave up after " + resumes + " resumptions, the last because: " + reason + ".",
                    "It is tried again from the beginning; if that goes on, look at the AWS Health Dashboard.",
                    cause);
        }
        pause();
        resumes++;
    }

    private void pause() {
        long millis = Math.min(firstPause.toMillis() << resumes, LONGEST_PAUSE.toMillis());
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailableException(
                    "Interrupted while reading " + object.name() + " at byte " + position + ".", "Try again.", e);
        }
    }

    private void abort() {
        if (body != null) {
            body.abort();
            body = null;
        }
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        // Abort, not close: a close reads the rest of the body to save the connection.
        abort();
    }
}
