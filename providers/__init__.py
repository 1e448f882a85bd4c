"""The outside services Trineo can use, behind the interfaces of core/render/interfaces.py."""
