package dev.lifeboat.local.kubernetes;

/** No registry has a container's image. */
final class ImageMissingFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImageMissingFault(String image) {
        super("Failed to pull image \"" + image + "\": not found");
    }
}
