package io.tangram.api.catalog;

/** What a MIG instance takes of its GPU besides memory slices, in the driver's order (R240). */
public enum MigResource {
  /** Streaming multiprocessors. */
  MULTIPROCESSORS("multiprocessors", "multiprocessors"),
  /** Copy engines. */
  COPY_ENGINES("copyEngines", "copy-engines"),
  /** Video decoders (NVDEC). */
  DECODERS("decoders", "decoders"),
  /** Video encoders (NVENC). */
  ENCODERS("encoders", "encoders"),
  /** JPEG decoders. */
  JPEG_ENGINES("jpegEngines", "jpeg-engines"),
  /** Optical flow accelerators. */
  OFA_ENGINES("ofaEngines", "ofa-engines"),
  /** Device memory, in bytes. */
  MEMORY("memory", "memory");

  private final String capacityName;
  private final String counterName;

  MigResource(String capacityName, String counterName) {
    this.capacityName = capacityName;
    this.counterName = counterName;
  }

  /** The name of the capacity by which NVIDIA's driver publishes it. */
  public String capacityName() {
    return capacityName;
  }

  /** The name of the counter by which NVIDIA's driver publishes it. */
  public String counterName() {
    return counterName;
  }
}
