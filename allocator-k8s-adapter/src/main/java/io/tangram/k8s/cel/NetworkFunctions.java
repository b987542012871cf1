package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static io.tangram.k8s.cel.Parsing.isValid;
import static io.tangram.k8s.cel.Parsing.parse;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;

/** The functions on IP addresses and networks (section 4.2 of the rules). */
final class NetworkFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

  private static final CelType IP = IpAddress.TYPE;
  private static final CelType CIDR = Cidr.TYPE;

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        newFunctionDeclaration(
            "ip",
            newGlobalOverload("string_to_ip", IP, STRING),
            newMemberOverload("cidr_ip", IP, CIDR)),
        newFunctionDeclaration("isIP", newGlobalOverload("is_ip", BOOL, STRING)),
        newFunctionDeclaration(
            "ip.isCanonical", newGlobalOverload("ip_is_canonical", BOOL, STRING)),
        newFunctionDeclaration("family", newMemberOverload("ip_family", INT, IP)),
        newFunctionDeclaration("isUnspecified", newMemberOverload("ip_is_unspecified", BOOL, IP)),
        newFunctionDeclaration("isLoopback", newMemberOverload("ip_is_loopback", BOOL, IP)),
        newFunctionDeclaration(
            "isLinkLocalMulticast", newMemberOverload("ip_is_link_local_multicast", BOOL, IP)),
        newFunctionDeclaration(
            "isLinkLocalUnicast", newMemberOverload("ip_is_link_local_unicast", BOOL, IP)),
        newFunctionDeclaration(
            "isGlobalUnicast", newMemberOverload("ip_is_global_unicast", BOOL, IP)),
        newFunctionDeclaration("cidr", newGlobalOverload("string_to_cidr", CIDR, STRING)),
        newFunctionDeclaration("isCIDR", newGlobalOverload("is_cidr", BOOL, STRING)),
        newFunctionDeclaration(
            "containsIP",
            newMemberOverload("cidr_contains_ip_string", BOOL, CIDR, STRING),
            newMemberOverload("cidr_contains_ip_ip", BOOL, CIDR, IP)),
        newFunctionDeclaration(
            "containsCIDR",
            newMemberOverload("cidr_contains_cidr_string", BOOL, CIDR, STRING),
            newMemberOverload("cidr_contains_cidr", BOOL, CIDR, CIDR)),
        newFunctionDeclaration("prefixLength", newMemberOverload("cidr_prefix_length", INT, CIDR)),
        newFunctionDeclaration("masked", newMemberOverload("cidr_masked", CIDR, CIDR)),
        newFunctionDeclaration(
            "string",
            newGlobalOverload("ip_to_string", STRING, IP),
            newGlobalOverload("cidr_to_string", STRING, CIDR)));
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "string_to_ip", String.class, text -> parse(IpAddress::parse, text)),
        CelFunctionBinding.from("is_ip", String.class, text -> isValid(IpAddress::parse, text)),
        CelFunctionBinding.from(
            "ip_is_canonical",
            String.class,
            text -> parse(IpAddress::parse, text).toString().equals(text)),
        CelFunctionBinding.from("ip_family", IpAddress.class, IpAddress::family),
        CelFunctionBinding.from(
            "ip_is_unspecified", IpAddress.class, ip -> ip.address().isAnyLocalAddress()),
        CelFunctionBinding.from(
            "ip_is_loopback", IpAddress.class, ip -> ip.address().isLoopbackAddress()),
        CelFunctionBinding.from(
            "ip_is_link_local_multicast", IpAddress.class, ip -> ip.address().isMCLinkLocal()),
        CelFunctionBinding.from(
            "ip_is_link_local_unicast", IpAddress.class, ip -> ip.address().isLinkLocalAddress()),
        CelFunctionBinding.from(
            "ip_is_global_unicast", IpAddress.class, IpAddress::isGlobalUnicast),
        CelFunctionBinding.from("ip_to_string", IpAddress.class, IpAddress::toString));
    addNetworks(runtime);
  }

  private static void addNetworks(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from("string_to_cidr", String.class, text -> parse(Cidr::parse, text)),
        CelFunctionBinding.from("is_cidr", String.class, text -> isValid(Cidr::parse, text)),
        CelFunctionBinding.from("cidr_ip", Cidr.class, Cidr::ip),
        CelFunctionBinding.from(
            "cidr_prefix_length", Cidr.class, cidr -> (long) cidr.prefixLength()),
        CelFunctionBinding.from("cidr_masked", Cidr.class, Cidr::masked),
        CelFunctionBinding.from(
            "cidr_contains_ip_string",
            Cidr.class,
            String.class,
            (cidr, text) -> cidr.contains(parse(IpAddress::parse, text))),
        CelFunctionBinding.from(
            "cidr_contains_ip_ip", Cidr.class, IpAddress.class, (cidr, ip) -> cidr.contains(ip)),
        CelFunctionBinding.from(
            "cidr_contains_cidr_string",
            Cidr.class,
            String.class,
            (cidr, text) -> cidr.contains(parse(Cidr::parse, text))),
        CelFunctionBinding.from(
            "cidr_contains_cidr", Cidr.class, Cidr.class, (cidr, other) -> cidr.contains(other)),
        CelFunctionBinding.from("cidr_to_string", Cidr.class, Cidr::toString));
  }
}
