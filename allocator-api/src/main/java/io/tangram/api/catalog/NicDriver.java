package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.QualifiedName;

/** A made-up driver of network cards, which publishes them as drivers of that kind do. */
public final class NicDriver {

  /** The driver, and the domain of its attributes. */
  public static final String NAME = "nic.example.org";

  /** The class of cards that can do remote direct memory access: all of them. */
  public static final String RDMA_CLASS = "rdma.nic.example.org";

  /** The port of a card, unique in its node. */
  public static final QualifiedName PORT = QualifiedName.of(NAME, "port");

  /** Whether a card can do remote direct memory access. */
  public static final QualifiedName RDMA = QualifiedName.of(NAME, "rdma");

  private NicDriver() {}

  /** Returns the class of all cards. */
  public static DeviceClass deviceClass() {
    return DeviceClass.builder()
        .name(RDMA_CLASS)
        .addSelectors(
            DeviceSelectors.all(
                DeviceSelectors.driverIs(NAME), DeviceSelectors.attributeEquals(RDMA, true)))
        .build();
  }

  /** Returns the cards of a machine, {@code nic-0} and on. They are the same on every node. */
  static ImmutableList<Device> devices(MachineModel machine) {
    ImmutableList.Builder<Device> devices = ImmutableList.builder();
    for (int index = 0; index < machine.nics().size(); index++) {
      ImmutableMap<QualifiedName, AttributeValue> attributes =
          PublishedAttributes.builder()
              .put("port", new AttributeValue.StringValue("port-" + index))
              .put("rdma", new AttributeValue.BoolValue(true))
              .put(machine.nics().get(index))
              .build();
      devices.add(Device.builder().name("nic-" + index).attributes(attributes).build());
    }
    return devices.build();
  }
}
