package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes the objects of a text, one at a time. */
@FunctionalInterface
public interface ObjectSink {

  /**
   * Takes an object.
   *
   * @param object the object; nobody else holds it
   * @param line the line on which it starts, from 1
   */
  void accept(ObjectNode object, int line);
}
