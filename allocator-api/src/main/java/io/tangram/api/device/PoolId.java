package io.tangram.api.device;

/**
 * The identity of a pool: driver and pool name together (R2).
 *
 * @param driver the driver that publishes the pool
 * @param pool the pool's name, often the name of a node
 */
public record PoolId(String driver, String pool) implements Comparable<PoolId> {

  @Override
  public int compareTo(PoolId other) {
    int byDriver = driver.compareTo(other.driver);
    return byDriver != 0 ? byDriver : pool.compareTo(other.pool);
  }

  /** Returns {@code driver/pool}. */
  @Override
  public String toString() {
    return driver + "/" + pool;
  }
}
