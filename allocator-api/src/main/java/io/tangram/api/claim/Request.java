package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;

/** One line of a claim: devices, or a list of alternatives in order of preference. */
public sealed interface Request {

  /** The name, unique in the claim. */
  String name();

  /** The leaf requests in order of preference: one, or the subrequests. */
  ImmutableList<DeviceRequest> alternatives();

  /**
   * The name that results carry when the alternative is chosen: {@code request} or {@code
   * request/subrequest} (R79).
   */
  String resultName(DeviceRequest alternative);

  /** A request without alternatives. */
  record Exactly(DeviceRequest devices) implements Request {

    @Override
    public String name() {
      return devices.name();
    }

    @Override
    public ImmutableList<DeviceRequest> alternatives() {
      return ImmutableList.of(devices);
    }

    @Override
    public String resultName(DeviceRequest alternative) {
      return devices.name();
    }
  }

  /**
   * A prioritized list (R74).
   *
   * @param name the request's name
   * @param alternatives the subrequests, best first, 1 to 8 of them
   */
  record FirstAvailable(String name, ImmutableList<DeviceRequest> alternatives) implements Request {

    /** The score of the best alternative (R80). */
    public static final int BEST_SCORE = 8;

    /**
     * Makes the list.
     *
     * @throws IllegalArgumentException if there are no alternatives, more than 8, or two of one
     *     name
     */
    public FirstAvailable {
      if (alternatives.isEmpty() || alternatives.size() > BEST_SCORE) {
        throw new IllegalArgumentException(
            "Request "
                + name
                + " lists "
                + alternatives.size()
                + " alternatives; 1 to 8 are allowed (section 5.1).");
      }
      long names = alternatives.stream().map(DeviceRequest::name).distinct().count();
      if (names < alternatives.size()) {
        throw new IllegalArgumentException(
            "Request "
                + name
                + " lists "
                + alternatives.size()
                + " alternatives under "
                + names
                + " names; give each a name of its own (section 5.1).");
      }
    }

    /** Returns what choosing the alternative at {@code index} scores (R80). */
    public static int score(int index) {
      return BEST_SCORE - index;
    }

    @Override
    public String resultName(DeviceRequest alternative) {
      return name + "/" + alternative.name();
    }
  }
}
