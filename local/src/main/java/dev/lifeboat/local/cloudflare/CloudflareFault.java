package dev.lifeboat.local.cloudflare;

/** A refusal in the API's own terms: an HTTP status, and an error code with its message in the envelope. */
final class CloudflareFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    CloudflareFault(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static CloudflareFault recordMissing() {
        return new CloudflareFault(404, 81044, "Record does not exist.");
    }

    static CloudflareFault zoneMissing(String path) {
        return new CloudflareFault(
                404, 7003, "Could not route to " + path + ", perhaps your object identifier is invalid?");
    }

    static CloudflareFault invalid(int code, String message) {
        return new CloudflareFault(400, code, message);
    }

    static CloudflareFault notImplemented(String request) {
        return new CloudflareFault(501, 501, "The embedded Cloudflare does not know " + request);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
