package io.tangram.api.check;

import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.pool;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import org.junit.jupiter.api.Test;

class PublishedPoolsTest {

  private static final Node N1 = Node.of("n1");

  private static ImmutableList<String> seen(Node node, ResourceSlice... slices) {
    return PublishedPools.of(ImmutableList.copyOf(slices)).seenFrom(node).stream()
        .map(view -> view.pool().toString())
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void showsANodeItsPoolsInTheOrderOfDriverAndName() {
    ResourceSlice own = slice("n1", devices("a"));
    ResourceSlice foreign = slice("n2", devices("a"));
    ResourceSlice network = sharedSlice("net", NodeSelection.allNodes(), devices("a"));
    ResourceSlice earlier = slice("n1", devices("a")).withPool(new PoolId("a.example.com", "z"));

    assertThat(seen(N1, own, foreign, network, earlier))
        .containsExactly("a.example.com/z", "gpu.example.com/n1", "gpu.example.com/net");
  }

  @Test
  void showsPoolsWithBindingConditionsLast() {
    Device binding = device("b").addBindingConditions("ready").build();

    assertThat(
            seen(
                N1,
                slice("n1", binding),
                sharedSlice("net", NodeSelection.allNodes(), devices("a"))))
        .containsExactly("gpu.example.com/net", "gpu.example.com/n1");
  }

  @Test
  void showsAPoolOnceThatHasSlicesOfBothKinds() {
    assertThat(
            seen(
                N1,
                sharedSlice("p", NodeSelection.node("n1"), devices("a")),
                sharedSlice("p", NodeSelection.allNodes(), devices("b"))))
        .containsExactly("gpu.example.com/p");
  }

  /** R2: two drivers may use one pool name. */
  @Test
  void tellsPoolsOfDifferentDriversApart() {
    PoolId other = new PoolId("other.example.com", "n1");
    PublishedPools pools =
        PublishedPools.of(
            ImmutableList.of(slice("n1", devices("a")), slice("n1", devices("b")).withPool(other)));

    assertThat(pools.find(pool("n1")).newest().devices().find("b")).isNull();
    assertThat(pools.find(other).newest().devices().find("b")).isNotNull();
    assertThat(pools.find(new PoolId("other.example.com", "n2"))).isNull();
    assertThat(pools.seenFrom(N1, other)).isPresent();
    assertThat(pools.seenFrom(Node.of("n2"), other)).isEmpty();
    assertThat(pools.seenFrom(N1, new PoolId("other.example.com", "n2"))).isEmpty();
  }
}
